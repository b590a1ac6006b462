"""Addresses that need no account: saying what is wrong, and coming in by a link to keep one's own entries right."""

from django.urls import path

from livingwell.keeping.views import wrong

app_name = "open_to_all"
urlpatterns = [
    path("something-wrong/<uuid:pk>/", wrong.choose, name="wrong"),
    path("something-wrong/<uuid:pk>/<slug:about>/", wrong.say, name="wrong-about"),
    path("something-wrong/thanks/<str:token>/", wrong.thanks, name="wrong-thanks"),
]
