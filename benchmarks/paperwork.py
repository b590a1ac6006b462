"""How much paperwork a few journeys are: screens, fields, presses, and seconds by the keystroke-level model.

./lw bench paperwork

Each journey is walked in a real browser against the running site, the shortest way that goes through. Counted are the
screens on the way (by their headings), the fields on them, those of them that the shortest way has to fill ("needed"),
the presses, and the characters typed. The seconds are those of the keystroke-level model (Card, Moran and Newell,
Communications of the ACM 23(7), 1980, with the operator times of The Psychology of Human-Computer Interaction, 1983):
K 0.28 s for each character of an average typist who is no secretary, P 1.1 s to point, B 0.1 s to push a button down
and 0.1 s to let it go, H 0.4 s to move a hand between keyboard and mouse, M 1.35 s to get ready for each press and each
field. R, the answer of the machine, is not counted: it is measured elsewhere. Reading, talking and thinking about what
to say are outside the model. Signing in is not part of a journey.
"""

import argparse
import os
import shutil
import sys
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Final

from benchmarks import scratch
from benchmarks.served import free_port, serve, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator, Page

    from livingwell.people.models import Account

K, P, B, H, M = 0.28, 1.1, 0.1, 0.4, 1.35
A_MINUTE: Final = 60.0
FIELDS: Final = "main input:not([type=hidden]), main textarea, main select"


@dataclass
class Walk:
    """One way through the site, and what it took."""

    page: "Page"
    screens: list[str] = field(default_factory=list)
    fields: int = 0
    needed: int = 0
    presses: int = 0
    characters: int = 0
    seconds: float = 0.0
    _on_keyboard: bool = False

    def begin(self, address: str) -> None:
        """Where the journey starts. Getting there is not part of it."""
        self.page.goto(address)
        self._see()

    def press(self, what: "Locator", *, fills: bool = False, last: bool = False) -> None:
        """Point at something and press it; `fills`: it is a field that has to be chosen; `last`: then it is done."""
        self._hand(on_keyboard=False)
        self.presses += 1
        self.needed += fills
        self.seconds += M + P + 2 * B
        what.click()
        if last:
            self.page.wait_for_load_state()
        else:
            self._see()

    def type(self, what: "Locator", words: str) -> None:
        """Press into a field that has to be filled, and type."""
        self.press(what, fills=True)
        self._hand(on_keyboard=True)
        self.characters += len(words)
        self.seconds += K * len(words)
        what.fill(words)

    def _hand(self, *, on_keyboard: bool) -> None:
        if on_keyboard != self._on_keyboard:
            self.seconds += H
        self._on_keyboard = on_keyboard

    def _see(self) -> None:
        self.page.wait_for_load_state()
        heading = self.page.locator("h1").first.inner_text()
        if heading not in self.screens:
            self.screens.append(heading)
            self.fields += self._asked()

    def _asked(self) -> int:
        """The fields of a screen; a group of choices is one."""
        found = self.page.locator(FIELDS)
        names = found.evaluate_all(
            "all => all.filter(one => one.offsetParent).map(one => one.form && one.name)"
        )
        return len({name for name in names if name})


@dataclass(frozen=True)
class Journey:
    """A way to walk, and the most it may take. What comes up when it is done is no screen of it."""

    name: str
    walk: "Callable[[Walk], None]"
    who: str
    screens: int | None = None
    needed: int | None = None
    presses: int | None = None
    characters: int | None = None
    seconds: float | None = None

    def broken(self, took: Walk) -> list[str]:
        limits = {
            "screens": (len(took.screens), self.screens),
            "needed": (took.needed, self.needed),
            "presses": (took.presses, self.presses),
            "characters": (took.characters, self.characters),
            "seconds": (took.seconds, self.seconds),
        }
        return [
            f"{name} {is_:g} > {most:g}"
            for name, (is_, most) in limits.items()
            if most is not None and is_ > most
        ]


def start_a_page(walk: Walk) -> None:
    walk.begin("/my-page/")
    walk.press(walk.page.get_by_role("button", name="Start my page"), last=True)
    assert "What matters to me" in walk.page.locator("main").inner_text()


def choose_a_step(walk: Walk) -> None:
    walk.begin(f"{_own(walk)}steps/around/")
    walk.press(walk.page.get_by_role("button", name="Make this a step").first, last=True)
    assert "/steps/" in walk.page.url


PLACE: Final = "Common Ground"


def share(walk: Walk) -> None:
    walk.begin(f"{_own(walk)}who-sees/share/")
    walk.type(walk.page.locator("main input[name=name]"), PLACE[:6])
    walk.press(walk.page.get_by_role("button", name="Look for it"))
    walk.press(walk.page.locator(".lw-waiting__link").filter(has_text=PLACE).first)
    walk.press(walk.page.locator("input[name=parts]").first, fills=True)
    if not walk.page.locator("input[name=purpose]:checked").count():
        walk.press(walk.page.locator("input[name=purpose][value=help]"), fills=True)
    walk.press(walk.page.get_by_role("button", name="Read it back to me"))
    walk.press(walk.page.get_by_role("button", name="Yes, let them see this"), last=True)
    assert PLACE in walk.page.locator("main").inner_text()


SAID: Final = "Yes, keep this with me."
MATTERS: Final = "My mum died in spring and I hardly go out. I used to sing."


def gp_begins(walk: Walk) -> None:
    walk.begin("/walking-with/begin/")
    if not walk.page.locator("textarea[name=said]").input_value():
        walk.type(walk.page.locator("textarea[name=said]"), SAID)
    if not walk.page.locator("input[name=how]:checked").count():
        walk.press(walk.page.locator("input[name=how]").first, fills=True)
    walk.type(walk.page.locator("textarea[name=matters]"), MATTERS)
    walk.needed -= 1  # their words are theirs to leave out; typed here because they are why one begins
    walk.press(walk.page.get_by_role("button", name="Begin the page"), last=True)
    assert "There is a page now" in walk.page.content()


def gp_introduces(walk: Walk) -> None:
    walk.begin(_a_kept_step())
    walk.press(walk.page.get_by_role("link", name="Ask for an introduction"))
    if (
        walk.page.locator("input[name=items]").count()
        and not walk.page.locator("input[name=items]:checked").count()
    ):
        walk.press(walk.page.locator("input[name=items]").first, fills=True)
    walk.press(walk.page.get_by_role("button", name="Read it before it goes"))
    if not walk.page.locator("input[name=said]").input_value():
        walk.type(walk.page.locator("input[name=said]"), SAID)
    walk.press(walk.page.get_by_role("button", name="They said yes: send it"), last=True)
    assert "Sent" in walk.page.locator("main").inner_text()


JOURNEYS: Final = (
    Journey("start a page", start_a_page, "new", needed=0),
    Journey("choose a suggestion as a step", choose_a_step, "own", presses=1, needed=0),
    Journey("share with one organization", share, "own", screens=3, characters=len(PLACE)),
    Journey("a GP begins a page in the room", gp_begins, "gp", seconds=A_MINUTE),
    Journey("a GP's introduction, from yes to sent", gp_introduces, "gp", screens=3, seconds=A_MINUTE),
)


def _own(walk: Walk) -> str:
    walk.page.goto("/my-page/")
    return walk.page.url


def _a_kept_step() -> str:
    """A page that the GP keeps, with a step chosen from what is around: where the two agree on the introduction."""
    from datetime import timedelta

    from django.utils import timezone

    from livingwell.consent.models import How
    from livingwell.directory.models import Organization, Service
    from livingwell.linkwork import actions as linkwork
    from livingwell.steps import actions as steps

    gp, now = _account("gp"), timezone.now()
    person = linkwork.begin(
        Organization.objects.get(name="Larkfield Surgery", invented=True),
        how=How.IN_PERSON, said=SAID, called="Pat", matters=MATTERS, until=now + timedelta(days=90), by=gp, at=now,
    )  # fmt: skip
    choir = Service.objects.get(source="demonstration-invented", original_id="inv-beginners-choir")
    return steps.choose(person, choir, by=gp, at=now).get_absolute_url()


def _account(slug: str) -> "Account":
    """One of the invented people; or somebody new, without a page; or somebody with a page and some words on it."""
    from uuid import uuid4

    from django.utils import timezone

    from livingwell.consent.actions import start
    from livingwell.people.actions import invent
    from livingwell.people.invented import INVENTED
    from livingwell.people.models import Account
    from livingwell.plans.actions import write
    from livingwell.plans.models import Section

    if slug not in {"new", "own"}:
        return Account.objects.get(pk=next(one.pk for one in INVENTED if one.slug == slug))
    account = invent(pk := uuid4(), f"{pk}@invented.example", "Pat")
    if slug == "own":
        person = start(by=account, at=timezone.now(), called="Pat")
        write(person, Section.MATTERS, MATTERS, over=0, by=account, at=timezone.now())
    return account


def main() -> int:
    parser = argparse.ArgumentParser(prog="./lw bench paperwork", description=__doc__.split("\n")[0])
    parser.parse_args()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    scratch.use("paperwork")
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    for command in ("load_demonstration", "show_pages"):
        call_command(command, verbosity=0, stdout=StringIO())
    from playwright.sync_api import sync_playwright

    port = free_port()
    server = serve(port)
    try:
        with sync_playwright() as playwright:
            program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
            browser = playwright.chromium.launch(
                executable_path=program,
                args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
            )
            return _measure(browser, f"http://localhost:{port}")
    finally:
        server.terminate()
        server.wait(timeout=10)


def _measure(browser: "Browser", site: str) -> int:
    print(f"\n{'journey':40} screens fields needed presses characters  seconds")
    wrong = False
    for journey in JOURNEYS:
        context = browser.new_context(base_url=site)
        sign_in(context, _account(journey.who), site)
        took = Walk(context.new_page())
        journey.walk(took)
        context.close()
        broken = journey.broken(took)
        wrong |= bool(broken)
        print(
            f"{journey.name:40} {len(took.screens):7} {took.fields:6} {took.needed:6} {took.presses:7} "
            f"{took.characters:10} {took.seconds:8.1f}{'   BROKEN: ' + ', '.join(broken) if broken else ''}"
        )
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
