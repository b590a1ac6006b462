"""The addresses below somebody's page."""

from django.urls import path

from livingwell.recall.views import bad_day, own

app_name = "recall"
urlpatterns = [
    path("", own.keeping_in_touch, name="keeping-in-touch"),
    path("bad-day/", bad_day.press, name="press"),
    path("who-is-told/", bad_day.allies, name="allies"),
]
