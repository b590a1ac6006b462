"""The way into a page for views: signed in, allowed, asked of the database as oneself, and written down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from livingwell.consent import actions
from livingwell.consent.acting import acting
from livingwell.consent.models import PARTS, Consent, Did, Emergency, Part, Person, Purpose
from livingwell.core.views import forbidden
from livingwell.people.models import Account, Membership
from livingwell.people.proof import second_step_taken
from livingwell.people.work import work_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that somebody has opened: whose, who looks, when, and what of it is open to them.

    `grounds` say for each part what lets somebody else in; for the person themself there are none.
    """

    person: Person
    viewer: Account
    at: datetime
    sees: frozenset[Part]
    changes: frozenset[Part]
    grounds: Mapping[Part, Consent | Emergency]

    @property
    def own(self) -> bool:
        """Whether the person themself looks."""
        return self.person.account_id == self.viewer.pk

    @property
    def emergency(self) -> Emergency | None:
        """The emergency in which somebody looks, where nothing else lets them in."""
        found = (ground for ground in self.grounds.values() if isinstance(ground, Emergency))
        return max(found, key=lambda emergency: emergency.until, default=None)

    def url(self, name: str, **named: object) -> str:
        """The address of a view of this page."""
        return reverse(name, kwargs={"pk": self.person.pk, **named})


def page(part: Part | None = None, *, did: Did = Did.LOOKED, writes: bool = True) -> Callable[[View], View]:
    """Give a view the page named by `pk` in its address, as `page`; a POST needs the right to change the part.

    A stranger is asked to sign in; whoever may not see the part is told that there is no such page (404): that there
    is one is nobody's business. Somebody else than the person needs a second step, and each look and each change is
    written down. All the view does is one transaction in which other pages do not exist. `part` None: any part.
    A POST that `writes` nothing (a search, a read-back) is noted as a look.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, pk: UUID, **named: Any) -> HttpResponse:
            if not isinstance(viewer := request.user, Account):
                return _kept_by_nobody(_to("people:sign-in", request))
            at = timezone.now()
            with acting(viewer, at=at, page=pk):
                opened = open_page(pk, viewer, at=at)
                changing = request.method == "POST"
                allowed = opened.changes if changing else opened.sees
                if (part is not None and part not in allowed) or not allowed:
                    raise Http404
                if not opened.own:
                    if not second_step_taken(request):
                        return second_step(request)
                    _write_down(opened, part, Did.CHANGED if changing and writes else did)
                return _kept_by_nobody(view(request, *args, page=opened, **named))

        guarded.__dict__["door"] = part  # read by the test that walks every address of a page
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Give a view about persons, but of no page in particular, the account as `viewer` and the moment as `at`.

    The database shows it the rows about persons that this account may see, and no others.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not isinstance(viewer := request.user, Account):
            return _kept_by_nobody(_to("people:sign-in", request))
        at = timezone.now()
        with acting(viewer, at=at):
            return _kept_by_nobody(view(request, *args, viewer=viewer, at=at, **named))

    guarded.__dict__["door"] = None
    return guarded


def with_people(view: View) -> View:
    """`signed_in` for those who work with people for an organization now: the view is given that as `work`, too.

    They see others, so the second step must be taken. Anybody else is refused (403).
    """

    @signed_in
    @wraps(view)
    def guarded(
        request: HttpRequest, *args: Any, viewer: Account, at: datetime, **named: Any
    ) -> HttpResponse:
        work = work_of(viewer, at=at)
        if not work:
            return forbidden(request, PermissionError())
        if not second_step_taken(request):
            return second_step(request)
        return view(request, *args, viewer=viewer, at=at, work=work, **named)

    return guarded


def open_page(pk: UUID, viewer: Account, *, at: datetime) -> Page:
    """The page with this id as far as it is open to this viewer. Raises Http404 where nothing of it is."""
    person = Person.objects.visible_to(viewer, at=at).filter(pk=pk).first()
    if person is None:
        raise Http404
    if person.account_id == viewer.pk:
        return Page(person, viewer, at, frozenset(Part), frozenset(Part), {})
    grounds: dict[Part, Consent | Emergency] = {}
    for emergency in Emergency.objects.open(at).filter(person=person, opened_by=viewer):
        grounds.update(dict.fromkeys(PARTS, emergency))
    consents = _received(person, viewer, at)
    for consent in consents:
        grounds.update(dict.fromkeys(_parts(consent), consent))
    changes = frozenset(part for consent in consents if consent.may_change for part in _parts(consent))
    if not grounds:
        raise Http404
    return Page(person, viewer, at, frozenset(grounds), changes, grounds)


def _received(person: Person, viewer: Account, at: datetime) -> list[Consent]:
    """The live consents that let this viewer in: to themself, or to where they work with people."""
    works_for = Membership.objects.with_people(at).filter(account=viewer).values("organization")
    received = Q(account=viewer) | Q(organization__in=works_for)
    live = Consent.objects.live(at).exclude(purpose=Purpose.INTRODUCTION)
    return list(live.filter(received, person=person).order_by("given_at"))


def _parts(consent: Consent) -> list[Part]:
    parts = [Part(part) for part in consent.parts]
    return [*parts, Part.CONSENTS] if consent.purpose == Purpose.KEEP else parts


def _write_down(opened: Page, part: Part | None, did: Did) -> None:
    looked_at = {part: opened.grounds[part]} if part is not None else opened.grounds
    actions.look(opened.person, did, looked_at, by=opened.viewer, at=opened.at)


def second_step(request: HttpRequest) -> HttpResponse:
    """Off to take a second step, and back here."""
    return _kept_by_nobody(_to("people:second-step", request))


def _to(name: str, request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': back})}")


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """Nothing about a person is kept by a browser, a proxy or a search engine."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
