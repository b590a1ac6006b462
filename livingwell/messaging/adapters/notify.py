"""GOV.UK Notify: e-mail, texts and letters through https://docs.notifications.service.gov.uk/rest-api.html.

Notify sends only what stands in its own templates. Ours are one a channel: an e-mail with ((subject)) and ((body)), a
text with ((body)), a letter with ((subject)) and ((body)). Our reference travels with each message, so Notify can be
asked whether it has one already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, assert_never

import requests
from django.conf import settings
from notifications_python_client.errors import HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from livingwell.messaging.adapters.port import Passing, Refused, Unclear
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.messaging.adapters.port import Post

MIDNIGHT: Final = 3600
"""Past the limit of a day there is no use in trying again within the hour."""


class Notify:
    """One service at GOV.UK Notify, known by its API key."""

    name = "notify"

    def __init__(self) -> None:
        if not settings.NOTIFY_API_KEY:
            raise Refused("NOTIFY_API_KEY is not set.")
        self._client = NotificationsAPIClient(
            settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=settings.MESSAGES_TIMEOUT
        )

    def send(self, post: Post) -> str:
        template = settings.NOTIFY_TEMPLATES.get(str(post.channel), "")
        if not template:
            raise Refused(f"No template of GOV.UK Notify is named for a message by {post.channel}.")
        try:
            answer = self._post(post, template)
        except (HTTPError, InvalidResponse) as error:
            raise _said(error) from None
        return str(answer["id"])

    def _post(self, post: Post, template: str) -> Any:
        match post.channel:
            case Channel.TEXT:
                return self._client.send_sms_notification(
                    post.to, template, {"body": post.body}, reference=post.reference
                )
            case Channel.EMAIL:
                return self._client.send_email_notification(
                    post.to, template, {"subject": post.subject, "body": post.body}, reference=post.reference
                )
            case Channel.LETTER:
                lines = enumerate(post.to.splitlines(), start=1)
                words = {"subject": post.subject, "body": post.body}
                return self._client.send_letter_notification(
                    template,
                    {f"address_line_{number}": line for number, line in lines} | words,
                    post.reference,
                )
            case _:
                assert_never(post.channel)

    def find(self, post: Post, since: datetime) -> str | None:
        """Notify keeps what it sent for a week: later than that nobody can say."""
        try:
            answer = self._client.get_all_notifications(reference=post.reference)
        except (HTTPError, InvalidResponse) as error:
            said = _said(error)
            raise said if isinstance(said, Refused) else Passing(str(said)) from None
        found = answer["notifications"]
        return str(found[0]["id"]) if found else None


def _said(error: HTTPError | InvalidResponse) -> Passing | Refused | Unclear:
    """What an error means for the message. The provider's own words may name the address, so they are not repeated."""
    status = error.response.status_code if error.response is not None else 0
    if isinstance(error.__context__, requests.ConnectTimeout) or _never_connected(error.__context__):
        return Passing("GOV.UK Notify could not be reached.")
    if status == 429:
        daily = "TooManyRequestsError" in str(error.message)
        return Passing("GOV.UK Notify asked us to slow down.", after=MIDNIGHT if daily else 60)
    if status == 403:
        return Passing("GOV.UK Notify does not know our key, or our clock is wrong.", after=600)
    if 400 <= status < 500:
        return Refused(f"GOV.UK Notify refused it ({status}): {_kind(error)}.")
    return Unclear("GOV.UK Notify gave no clear answer.")


def _never_connected(cause: BaseException | None) -> bool:
    """Whether the connection was refused before anything was sent; one that broke later is another matter."""
    return isinstance(cause, requests.ConnectionError) and "NewConnectionError" in repr(cause)


def _kind(error: HTTPError | InvalidResponse) -> str:
    said = error.message
    return str(said[0].get("error", "")) if isinstance(said, list) and said else "no reason given"
