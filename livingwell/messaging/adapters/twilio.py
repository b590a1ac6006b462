"""Twilio: texts through https://www.twilio.com/docs/messaging/api/message-resource.

Twilio takes no reference of ours, so an interrupted text is looked for among those sent to that number since: one with
the same words is ours. Where there is none, that proves nothing, and a person decides.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import requests
from django.conf import settings
from django.urls import reverse
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from livingwell.messaging.adapters.port import Passing, Refused, Unclear
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.messaging.adapters.port import Post

SAID_STOP: Final = 21610
LOOKED_THROUGH: Final = 50


class Twilio:
    """One account at Twilio, with one number or messaging service to send from."""

    name = "twilio"

    def __init__(self) -> None:
        if not (settings.TWILIO_ACCOUNT_SID and settings.TWILIO_AUTH_TOKEN and settings.TWILIO_FROM):
            raise Refused("TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM are not all set.")
        self._client = Client(
            settings.TWILIO_ACCOUNT_SID,
            settings.TWILIO_AUTH_TOKEN,
            http_client=TwilioHttpClient(timeout=settings.MESSAGES_TIMEOUT, max_retries=0),
        )
        self._client.api.base_url = settings.TWILIO_URL

    def send(self, post: Post) -> str:
        if post.channel != Channel.TEXT:
            raise Refused("Twilio carries texts only.")
        sender = settings.TWILIO_FROM
        form = {"To": post.to, "Body": post.body}
        form["MessagingServiceSid" if sender.startswith("MG") else "From"] = sender
        if settings.SITE_URL:
            form["StatusCallback"] = callback(post.reference)
        address = f"{settings.TWILIO_URL}/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Messages.json"
        try:
            answer = self._client.request("POST", address, data=form)
        except (TwilioException, requests.RequestException) as error:
            raise _said(error) from None
        try:
            said = json.loads(answer.text)
        except ValueError:
            said = {}
        if answer.status_code >= 400:
            raise _meaning(answer.status_code, said.get("code"))
        if "sid" not in said:
            raise Unclear("Twilio gave no clear answer.")
        return str(said["sid"])

    def find(self, post: Post, since: datetime) -> str | None:
        try:
            sent = self._client.messages.list(
                to=post.to, date_sent_after=since - timedelta(days=1), limit=LOOKED_THROUGH
            )
        except (TwilioException, requests.RequestException) as error:
            raise Passing(str(_said(error))) from None
        for each in sent:
            if (
                each.body == post.body
                and each.date_created
                and each.date_created >= since.replace(microsecond=0)
            ):
                return str(each.sid)
        raise Unclear("Twilio shows no such text, but may have taken it all the same.")


def callback(reference: str) -> str:
    """Where Twilio tells what became of a message: the address names the message, and its signature covers that."""
    return f"{settings.SITE_URL}{reverse('messaging:receipts', args=['twilio'])}?message={reference}"


def _said(error: TwilioException | requests.RequestException) -> Passing | Refused | Unclear:
    if isinstance(error, requests.ConnectTimeout) or (
        isinstance(error, requests.ConnectionError) and "NewConnectionError" in repr(error)
    ):
        return Passing("Twilio could not be reached.")
    if isinstance(error, TwilioRestException):
        return _meaning(error.status, error.code)
    return Unclear("Twilio gave no clear answer.")


def _meaning(status: int, code: int | None) -> Passing | Refused | Unclear:
    if status == 429:
        return Passing("Twilio asked us to slow down.", after=60)
    if status == 401:
        return Passing("Twilio does not know our account or token.", after=600)
    if 400 <= status < 500:
        return Refused(f"Twilio refused it (its error {code}).", stopped=code == SAID_STOP)
    return Unclear("Twilio gave no clear answer.")
