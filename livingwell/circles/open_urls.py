"""The people around somebody: what stands outside their page."""

from django.urls import URLPattern, path

from livingwell.circles import views

app_name = "circles-open"
urlpatterns: list[URLPattern] = [
    path("invited/<str:secret>/", views.invitation, name="invitation"),
]
