"""The pages of the circles that are nobody's own: an invitation, and the pages that others share with oneself."""

from django.urls import URLPattern, path

from livingwell.circles import views

app_name = "circles-open"
urlpatterns: list[URLPattern] = [
    path("people-who-share-with-me/", views.sharing, name="sharing"),
    path("invited/<str:secret>/", views.invitation, name="invitation"),
]
