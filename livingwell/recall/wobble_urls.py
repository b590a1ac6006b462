"""One address for a bad day."""

from django.urls import path

from livingwell.recall.views import bad_day

app_name = "wobble"
urlpatterns = [path("wobble/", bad_day.wobble, name="wobble")]
