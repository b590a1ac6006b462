"""Reading introductions as Tasks and what they lead to, asking what changed, and answering one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from livingwell.consent.acting import acting
from livingwell.core.errors import Refusal
from livingwell.exchange import actions, queries, reading
from livingwell.exchange.acting import asking
from livingwell.exchange.answers import answer_of
from livingwell.exchange.outcomes import Issue, Problem
from livingwell.exchange.searching import cursor, search_of
from livingwell.exchange.views.speaking import Asked, answered, body_of, etag_of, nothing, shown
from livingwell.referrals.actions import read as opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from livingwell.exchange.queries import Introduction
    from livingwell.referrals.models import Referral

WORDS: Final = frozenset({"ServiceRequest", "Patient"})
"""The resources with words of the person in them: reading one is opening the introduction."""


class Tasks(Asked):
    """One request of one client about introductions: those that it received, or those that it sent."""

    def read(self, kind: str, pk: UUID) -> HttpResponse:
        """One resource, with its version in the header: as who received it, else as who sent it."""
        for received in (True, False):
            with self._rows(received=received) as rows:
                found = self._found(rows, kind, pk, received=received)
            if found is not None:
                return shown(found, self.request.headers.get("If-None-Match", ""))
        raise nothing(kind)

    def search(self) -> HttpResponse:
        """A page of Tasks, the longest unchanged first, and where the next one is."""
        search = search_of(self.request.GET, self.client.organization_id)
        with self._rows(received=not search.sent) as every:
            rows = queries.changed(every, search.changed)
            found = queries.introductions(
                rows,
                at=self.at,
                words=not search.sent,
                pk=search.pk,
                after=search.after,
                most=search.count + 1,
            )
            page = found[: search.count]
            total = len(found) if search.pk else rows.count()
            if search.include and not search.sent:
                for one in page:
                    self._opened(rows, one)
        links = [{"relation": "self", "url": self._address(self.request.GET.copy())}]
        if len(found) > len(page):
            following = self.request.GET.copy()
            following["_after"] = cursor(page[-1].changed_at, page[-1].pk)
            links.append({"relation": "next", "url": self._address(following)})
        bundle: dict[str, Any] = {
            "resourceType": "Bundle",
            "type": "searchset",
            "total": total,
            "link": links,
        }
        if entries := self._entries(page, include=search.include):
            bundle["entry"] = entries
        return answered(bundle)

    def put(self, pk: UUID) -> HttpResponse:
        """A Task with a new status: the receiver's answer. It is done only on the version that was read."""
        task = reading.parsed(body_of(self.request))
        if task.where != "Task" or task.text("id") != str(pk):
            words = "The resource must be the Task whose id stands in the address."
            raise Problem(400, Issue("invalid", words, "Task.id"))
        with self._rows(received=True) as rows:
            row = rows.filter(pk=pk).first()
            now = self._found(rows, "Task", pk, received=True)
            if now is None or row is None:
                raise nothing("Task")
            match_ = self.request.headers.get("If-Match", "")
            if match_ and match_ != etag_of(now):
                words = "It has changed since you read it. Read it again."
                raise Problem(412, Issue("conflict", words, "http.If-Match"))
            said = answer_of(task, now)
            if said is not None:
                try:
                    actions.answer(row, said, at=self.at)
                except Refusal as refusal:
                    raise Problem(409, Issue("conflict", str(refusal), "Task.status")) from None
        actions.settle_all()
        return self.read("Task", pk)

    @contextmanager
    def _rows(self, *, received: bool) -> Iterator[QuerySet[Referral]]:
        """The introductions that were received, or sent, while the database is asked for this client."""
        by = self.client.sends_as
        if received:
            with asking(self.client, at=self.at):
                yield queries.received(self.client)
        elif by is not None:
            with acting(by, at=self.at):
                yield queries.sent(self.client, by, at=self.at)
        else:
            yield queries.received(self.client).none()

    def _found(
        self, rows: QuerySet[Referral], kind: str, pk: UUID, *, received: bool
    ) -> dict[str, Any] | None:
        if kind == "Organization":
            return self._organization(rows, pk)
        if kind == "HealthcareService":
            of_it = queries.introductions(rows.filter(service=pk), at=self.at, words=False, most=1)
            return self.writer.service(of_it[0]) if of_it else None
        one = queries.introduction(rows, pk, at=self.at, words=received)
        if one is None:
            return None
        if received and kind in WORDS:
            self._opened(rows, one)
        return self.writer.of(kind, one)

    def _organization(self, rows: QuerySet[Referral], pk: UUID) -> dict[str, Any] | None:
        """The client's own, one that sent to it, or one that it sent to."""
        own = self.client.organization
        if pk == own.pk:
            return self.writer.organization(pk, own.name)
        for one in queries.introductions(
            rows.filter(sender=pk) | rows.filter(organization=pk), at=self.at, words=False, most=1
        ):
            name = one.organization_name if one.organization == pk else one.sender_name
            return self.writer.organization(pk, name)
        return None

    def _opened(self, rows: QuerySet[Referral], one: Introduction) -> None:
        """The person sees on their page that it was opened."""
        if one.said and not one.opened:
            row = rows.filter(pk=one.pk).first()
            if row is not None:
                opened(row, at=self.at)

    def _entries(self, page: tuple[Introduction, ...], *, include: bool) -> list[dict[str, Any]]:
        found = [(self.writer.of("Task", one), "match") for one in page]
        if include:
            others = {
                f"{each['resourceType']}/{each['id']}": each
                for one in page
                for each in self.writer.everything(one)
            }
            found += [(each, "include") for each in others.values()]
        return [
            {
                "fullUrl": f"{self.writer.base}/{resource['resourceType']}/{resource['id']}",
                "resource": resource,
                "search": {"mode": mode},
            }
            for resource, mode in found
        ]

    def _address(self, asked: Any) -> str:
        pairs = [(name, value) for name, values in asked.lists() for value in values]
        return f"{self.writer.base}/Task" + (f"?{urlencode(pairs)}" if pairs else "")
