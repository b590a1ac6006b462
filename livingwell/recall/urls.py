"""The addresses below somebody's page."""

from django.urls import path

from livingwell.recall.views import bad_day, own

app_name = "recall"
urlpatterns = [
    path("", own.keeping_in_touch, name="keeping-in-touch"),
    path("bad-day/", bad_day.press, name="press"),
    path("who-is-told/", bad_day.allies, name="allies"),
    path("check-in/", own.check_in, name="check-in"),
    path("check-in/stop/", own.stop, name="stop"),
    path("answer/<uuid:ask>/", own.answer, name="answer"),
    path("agreed/", own.agreements, name="agreements"),
    path("not-ring/<uuid:entry>/", own.take_off, name="take-off"),
    path("may-ring/<uuid:said>/", own.may_ring, name="may-ring"),
]
