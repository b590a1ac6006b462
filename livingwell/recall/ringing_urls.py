"""The addresses for those who ring people."""

from django.urls import path

from livingwell.recall.views import ringing

app_name = "ringing"
urlpatterns = [
    path("", ringing.listed, name="list"),
    path("add/", ringing.add, name="add"),
    path("calling/", ringing.calling, name="calling"),
    path("<uuid:entry>/", ringing.entry, name="entry"),
    path("<uuid:entry>/hand-over/", ringing.hand_over, name="hand-over"),
]
