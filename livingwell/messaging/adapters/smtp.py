"""E-mail through any mail server, by SMTP.

A mail server keeps no list we could ask. A message that was cut off while it was handed over is left to a person; its
Message-ID is ours, so it can be looked for in the server's log.
"""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from livingwell.messaging.adapters.port import Passing, Refused, Unclear
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.messaging.adapters.port import Post


class Smtp:
    """The mail server that the settings name."""

    name = "smtp"

    def send(self, post: Post) -> str:
        if post.channel != Channel.EMAIL:
            raise Refused("A mail server carries e-mail only.")
        connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend", timeout=settings.MESSAGES_TIMEOUT
        )
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Passing("The mail server could not be reached.") from error
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        identity = f"<{post.reference}@{domain}>"
        mail = EmailMessage(
            post.subject, post.body, to=[post.to], headers={"Message-ID": identity}, connection=connection
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = {code for code, _words in error.recipients.values()}
            raise _by_code(max(codes)) from error
        except smtplib.SMTPResponseException as error:
            raise _by_code(error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unclear("The connection to the mail server broke while it took the message.") from error
        finally:
            connection.close()
        return identity

    def find(self, post: Post, since: datetime) -> str | None:
        raise Unclear("A mail server keeps no list that we could ask.")


def _by_code(code: int) -> Passing | Refused:
    """4xx: try later. 5xx: never. https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1"""
    if 400 <= code < 500:
        return Passing("The mail server asked us to try later.", after=60)
    return Refused(f"The mail server refused it ({code}).")
