"""One row of a plain list on its way to be many rows: a service, and all that belongs to it beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.clean import CHOICE, AsWritten, identifier, line, silent, text, yes_or_no
from livingwell.directory.feeds.model import Mended, Piece, Refused, Row
from livingwell.directory.feeds.rows import digest
from livingwell.directory.feeds.times import meetings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NO_ID: Final = "rows without an id: known by their name and place instead"
NO_ORGANIZATION: Final = "services without an organization: one of the same name stands in"
TIMES: Final = "days and times not understood: kept as words"
COST: Final = "costs not understood: kept as words"
KINDS: Final = frozenset(["place", "group", "person", "hours", "service", "line", "reading"])
WHOLE: Final = frozenset({"contact", "service_at_location", "phone", "language", "schedule", "cost_option",
"service_area",
                          "metadata", "attribute", "service_theme"})  # fmt: skip
NOTED: Final = re.compile(r"([^()]*\d[\d\s()+.-]*?)\s*\(([^()]*[A-Za-z][^()]*)\)")
AMERICAN: Final = re.compile(r"\d{5}(?:-\d{4})?")
FREE: Final = frozenset(
    [
        "free",
        "nothing",
        "no charge",
        "£0",
        "0",
        "none",
        "nil",
        "no fee",
        "no cost",
        "free of charge",
        "£0.00",
        "0.00",
    ]
)
PER: Final = re.compile(
    r"\b(?:to|and|from|per|session|a|each|week|class|time|visit|person|head|month|hour|year|annum|pa|pp|gbp)\b"
    r"|[-–£,.\s]"
)
"""What may stand beside amounts without saying more than they do."""
MONEY: Final = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d{1,2})?)\s*(p\b)?")


def folded(cells: Mapping[str, str], *names: str) -> str:
    """The first that is given, folded so that two spellings of a name meet."""
    for name in names:
        if words := line(cells.get(name), silent):
            return " ".join(re.findall(r"[^\W_]+", words.casefold()))
    return ""


def _own(name: str) -> str:
    """One word in capitals is how a group writes itself (NAPAC); a whole name in capitals is a stuck key."""
    return name if " " in name else AsWritten(name)


def yes(raw: str | None) -> bool:
    return yes_or_no(raw, silent) is True


def listed(raw: str | None) -> list[str]:
    return [words for piece in re.split(r"[;\n]", raw or "") if (words := line(piece, silent))]


class Entry:
    """One row of the list, on its way to be many rows of ours."""

    def __init__(self, file: str, number: int, cells: Mapping[str, str]) -> None:
        self.file, self.line, self.cells = file, number, cells
        self.name = line(cells.get("name"), silent)
        place = " ".join(folded(cells, field) for field in ("postcode", "address", "place_name")).strip()
        self.place = digest({"place": place}) if place or cells.get("latitude") else ""
        if self.place and not place:
            self.place = digest({"place": [cells.get("latitude"), cells.get("longitude")]})
        self.id = identifier(cells.get("id"))
        self.named_by_itself = not self.id
        self.id = self.id or digest({"name": self.name.casefold(), "place": place})

    def get(self, field: str) -> str:
        return text(self.cells.get(field), silent)

    def row(self, table: str, suffix: str, **values: Any) -> Row:
        """A row beside the service, known by the service's id and what it says."""
        known = f"{self.id}/{suffix}" if suffix else ""
        return Row(table, values, self.file, self.line, known, records=0)

    def mended(self, kind: str, before: str, after: str) -> Mended:
        return Mended(kind, "service", self.file, self.line, self.id, before, after)

    def rows(self, *, invented_only: bool) -> Iterator[Piece]:
        if not self.name:
            yield Refused(
                "service",
                self.file,
                self.line,
                self.id,
                "It has no name, so nobody could find it or ask for it.",
            )
            return
        if self.named_by_itself:
            yield self.mended(NO_ID, "", self.name)
        organization = f"organization:{folded(self.cells, 'organization', 'name')}"
        yield from self._organization(organization, invented_only)
        yield from self._service(organization)
        yield from self._places()
        yield from self._facts()
        yield from self._contacts()
        yield from self._times()
        yield from self._cost()
        for slug in listed(self.cells.get("themes")):
            yield self.row("service_theme", "", service_id=self.id, theme=slug.casefold().replace(" ", "-"))

    def _organization(self, known_as: str, invented_only: bool) -> Iterator[Piece]:
        called = line(self.cells.get("organization"), silent)
        if not called:
            yield self.mended(NO_ORGANIZATION, "", self.name)
        values: dict[str, Any] = {
            "name": _own(called or self.name),
            "invented": invented_only,
            "stand_in": not called,
        }
        if site := self.get("organization_website"):
            values["website"] = site
        numbers = list(self._numbers())
        whole = frozenset({"organization_identifier"} if numbers else ())
        yield Row("organization", values, self.file, self.line, known_as, records=0, whole=whole)
        for scheme, kind, number in numbers:
            yield Row(
                "organization_identifier",
                {"organization_id": known_as, "identifier_scheme": scheme,
                "identifier_type": f"{kind} number", "identifier": number},
                self.file, self.line, f"{known_as}/{kind.lower()}", records=0,
            )  # fmt: skip

    def _numbers(self) -> Iterator[tuple[str, str, str]]:
        """Under which numbers the organization is registered: scheme, kind, number."""
        if number := line(self.cells.get("charity_number"), silent):
            start = number.upper()[:2]
            yield {"SC": "GB-SC", "NI": "GB-NIC"}.get(start, "GB-CHC"), "Charity", number
        if number := line(self.cells.get("company_number"), silent):
            yield "GB-COH", "Company", number

    def _service(self, organization: str) -> Iterator[Piece]:
        kind = line(self.cells.get("kind"), silent).lower()
        if kind and kind not in KINDS:
            yield self.mended(CHOICE, kind, "")
            kind = ""
        by = self.get("confirmed_by")
        description = self.cells.get("description")
        if sites := listed(self.cells.get("other_sites")):
            description = f"{text(description, silent)}\n\n{' '.join(sites)}".strip()
        yield Row(
            "service",
            {
                "organization_id": organization, "name": _own(self.name),
                "description": description,
                "what_to_expect": self.cells.get("what_to_expect"), "url": self.cells.get("website"),
                "email": self.cells.get("email"), "status": self._status(),
                **({"last_modified": self.cells["last_modified"]} if self.get("last_modified") else {}),
                "text_number": self.cells.get("text_number"),
                "application_process": self.cells.get("how_to_get_in"),
                "eligibility_description": self.cells.get("who_for"),
                "minimum_age": self.cells.get("minimum_age"),
                "maximum_age": self.cells.get("maximum_age"), "assured_date": self.cells.get("confirmed_on"),
                "assurer_email": by if "@" in by else "", "alert": self.cells.get("alert"),
                "invented": yes(self.cells.get("invented")), "confidential": yes(self.cells.get("confidential")),
                "kind": kind, "kind_by_hand": bool(kind),
            },
            self.file, self.line, self.id, whole=WHOLE,
        )  # fmt: skip
        if by and "@" not in by and self.get("confirmed_on"):
            yield self.row(
                "metadata", "confirmed", resource_id=self.id, resource_type="service",
                last_action_type="confirm",
                last_action_date=self.cells.get("confirmed_on"), updated_by=by,
            )  # fmt: skip

    def _status(self) -> str:
        """A plain list is of what runs; a column of its own may say otherwise, also as yes and no."""
        said = self.get("status")
        running = yes_or_no(said, silent)
        return said if running is None and said else "inactive" if running is False else "active"

    def _contacts(self) -> Iterator[Piece]:
        called = {"name": self.get("contact_name"), "title": self.get("contact_role")}
        if any(called.values()):
            yield self.row("contact", "contact", service_id=self.id, **called)
        for address in listed(self.cells.get("other_emails")):
            yield self.row("contact", f"contact/{address}", service_id=self.id, email=address)

    def _places(self) -> Iterator[Piece]:
        extras = [words[:1].upper() + words[1:] for words in listed(self.cells.get("accessibility"))]
        step_free = yes_or_no(self.cells.get("step_free"), silent)
        online = yes(self.cells.get("online"))
        if self.place:
            yield Row(
                "location",
                {
                    "location_type": "physical", "name": _own(line(self.cells.get("place_name"), silent)),
                    "latitude": self.cells.get("latitude"), "longitude": self.cells.get("longitude"),
                    "approximate": yes(self.cells.get("approximate")),
                },
                self.file, self.line, self.place, records=0, whole=frozenset({"address", "accessibility"}),
            )  # fmt: skip
            yield self.row("service_at_location", self.place, service_id=self.id, location_id=self.place)
            if self.get("address") or self.get("city") or self.get("postcode"):
                yield Row(
                    "address",
                    {
                        "location_id": self.place, "address_1": self.cells.get("address"),
                        "city": self.cells.get("city"),
                        "postal_code": self.cells.get("postcode"),
                        "country": self.cells.get("country") or self._country(),
                        "state_province": self.cells.get("state_province", ""),
                    },
                    self.file, self.line, f"{self.place}/address", records=0,
                )  # fmt: skip
        online_id = f"{self.id}/online"
        if online or (not self.place and (extras or step_free is not None)):
            yield Row(
                "location", {"location_type": "virtual", "url": self.cells.get("website")},
                self.file, self.line, online_id, records=0, whole=frozenset({"accessibility"}),
            )  # fmt: skip
            yield self.row("service_at_location", "at-online", service_id=self.id, location_id=online_id)
        where = self.place or online_id
        said: list[tuple[dict[str, Any], str]] = [
            ({"description": words}, words.casefold()) for words in extras
        ]
        if step_free is not None:
            said.append(
                (
                    {"description": "Step-free" if step_free else "Not step-free", "step_free": step_free},
                    "step-free",
                )
            )
        for values, known in said:
            yield Row(
                "accessibility",
                {"location_id": where, **values},
                self.file,
                self.line,
                f"{where}/{known}",
                records=0,
            )

    def _country(self) -> str:
        """A list that names none is of Britain, unless its code and state can only be American."""
        state, code = line(self.cells.get("state_province"), silent), line(self.cells.get("postcode"), silent)
        return "US" if AMERICAN.fullmatch(code) and re.fullmatch(r"[A-Z]{2}", state) else "GB"

    def _facts(self) -> Iterator[Piece]:
        for said in listed(self.cells.get("phone")):
            found = NOTED.fullmatch(said)
            number, note = (found[1], found[2]) if found else (said, "")
            note = "; ".join(filter(None, [note, self.get("phone_note")]))
            yield self.row("phone", f"phone/{number}", service_id=self.id, number=number, type="voice",
                           description=note)  # fmt: skip
        for spoken in listed(self.cells.get("languages")):
            yield self.row("language", f"language/{spoken.casefold()}", service_id=self.id, name=spoken)
        town = (
            "" if self.place else self.get("city") or self.get("state_province")
        )  # no door, only about where
        for area in dict.fromkeys([*listed(self.cells.get("area")), *listed(town)]):
            yield self.row("service_area", f"area/{area.casefold()}", service_id=self.id, name=area)
        if source := self.get("source_url"):
            yield self.row("attribute", "source", link_id=self.id, link_entity="service",
            link_type="source_url",
                           label="Where this was read", value=source)  # fmt: skip

    def _times(self) -> Iterator[Piece]:
        found, unread = meetings(self.get("days_and_times"))
        for words in unread:
            yield self.mended(TIMES, words, words)
        notes = [*unread, *([self.get("times_note")] if self.get("times_note") else [])]
        between = {"valid_from": self.get("first_day"), "valid_to": self.get("last_day")}
        for values in found:
            known = " ".join(str(value) for value in values.values())
            values |= {name: day for name, day in between.items() if day}
            yield self.row("schedule", f"when/{known}", service_id=self.id, **values)
        for words in notes:
            yield self.row("schedule", f"when/{words}", service_id=self.id, description=words)
        if self.get("first_day") and not self.get("days_and_times"):
            yield self._once(self.get("first_day"), self.get("last_day"))

    def _once(self, first: str, last: str) -> Row:
        """On one day, or on the days from one to another, at the hours that are said."""
        hours = {name: self.get(cell) for name, cell in (("opens_at", "starts"), ("closes_at", "ends"))}
        days = {"dtstart": first} if last in {"", first} else {"valid_from": first, "valid_to": last}
        return self.row("schedule", f"on/{first}/{hours['opens_at']}", service_id=self.id, **days, **hours)

    def _cost(self) -> Iterator[Piece]:
        said, extra = self.get("cost"), self.get("cost_note")
        low = said.casefold().strip(" .")
        amounts = [
            float(number.replace(",", "")) / (100 if pence else 1) for number, pence in MONEY.findall(low)
        ]
        left = PER.sub("", MONEY.sub("", low))
        values: dict[str, Any]
        if not said and not extra:
            return
        if not said:
            values = {"amount_description": extra}
        elif low in FREE:
            values = {"amount": 0, "amount_description": extra or "Free"}
        elif "donation" in low or "pay what you can" in low:
            values = {"amount": 0, "option": "donation", "amount_description": extra or "Give what you can"}
        elif amounts and not left:
            shown = said.replace("-", " to ").replace("–", " to ") if len(amounts) > 1 else extra or said
            shown = " ".join(shown.split())
            values = {
                "amount": f"{min(amounts):.2f}",
                "amount_description": f"{shown}. {extra}" if len(amounts) > 1 and extra else shown,
            }
        else:
            yield self.mended(COST, said, said)
            values = {"amount_description": f"{said}. {extra}" if extra else said}
        yield self.row("cost_option", "cost", service_id=self.id, **values)
