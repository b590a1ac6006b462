"""On whose behalf the database is asked: one transaction, one account, and one page where only one is meant."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from livingwell.core.roles import WEB_ROLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from livingwell.people.models import Account


ONLY: Final = 300
"""So many pages may be meant at once; for more, looking through all is no slower."""


@contextmanager
def acting(account: Account, *, at: datetime, page: UUID | None = None) -> Iterator[None]:
    """Ask and write as this account at this moment: rows about persons whom it may not see do not exist meanwhile.

    With `page` nothing of any other page exists either. Everything inside is one transaction: all of it or nothing.
    """
    with as_the_web_role(at=at, actor=str(account.pk), page=str(page or "")):
        yield


@contextmanager
def as_the_web_role(*, at: datetime, **named: str) -> Iterator[None]:
    """Ask and write in one transaction as the role that the walls hold back, at this moment.

    `named`: in whose name, as the policies read it from the settings `livingwell.<name>`. Afterwards all of it is taken
    back; where something goes wrong the transaction takes it back.
    """
    settings = {
        "livingwell.at": at.isoformat(),
        **{f"livingwell.{name}": value for name, value in named.items()},
    }
    with transaction.atomic():
        _set({"role": WEB_ROLE, **settings})
        yield
        _set({"role": "none", **dict.fromkeys(settings, "")})


@contextmanager
def only(pages: Collection[UUID]) -> Iterator[None]:
    """Inside `acting`: of the pages that people share only these exist meanwhile, so that what is asked of a few is not
    sought in all. It never opens a page; not one inside another. Of more than ONLY it changes nothing.
    """
    if len(pages) > ONLY:
        yield
        return
    _set({"livingwell.among": f"{{{','.join(map(str, pages))}}}"})
    yield
    _set({"livingwell.among": ""})


def _set(settings: Mapping[str, str]) -> None:
    each = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each}", [word for pair in settings.items() for word in pair])
