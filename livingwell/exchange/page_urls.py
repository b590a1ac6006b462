"""The addresses below one introduction of a page."""

from django.urls import path

from livingwell.exchange.prsb import Message
from livingwell.exchange.views import messages

app_name = "messages-on"
urlpatterns = [
    path("referral.pdf", messages.as_letter, {"message": Message.REFERRAL}, name="referral"),
    path("referral.json", messages.as_json, {"message": Message.REFERRAL}, name="referral-json"),
    path("message-back.pdf", messages.as_letter, {"message": Message.BACK}, name="back"),
    path("message-back.json", messages.as_json, {"message": Message.BACK}, name="back-json"),
]
