"""Which few of many candidates to offer: each thing a person said is answered, in different ways.

Greedy maximum coverage: each round takes the candidate that adds most to what is not answered yet. What has been
answered once counts less the next time, and so does a second choir, a fifth group, another thing from the same people.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from uuid import UUID

from livingwell.suggestions.wishes import Wish

ANSWERED = 0.9
"""How much of a wish is taken as answered by a perfect match; what only helps with it leaves most of it open."""
SAME_AGAIN = 0.2
"""What a second service of the very same theme adds, compared with the first."""
SAME_ORGANIZATION = 0.5
NEW_KIND = 1.05
CROWDED_KIND = 0.85
CROWDED_FROM = 4
SIDE_MATCH = 0.75
"""What a service's second, third … match adds, compared with its best one."""
SIDE_HELP = 0.5
"""The same for a match that only helps with what was said."""
KINDS_AT_LEAST = 3
A_WAY = 0.3
"""What a theme that says how a service helps tells of it, beside one that says what it is about."""
FOCUS = 0.8
CRISIS = frozenset(
    {"crisis-help", "suicidal-thoughts", "self-harm", "domestic-abuse", "refuge", "sexual-violence"}
)
INVENTED_CRISIS = 0.3
"""An invented line rings nobody: where somebody may be in danger, the real ones come first."""
CLINICAL = frozenset({"talking-therapy", "medication", "gp"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live service at one place that answers something. Distances in km; None where it has no place."""

    listing: int
    service: UUID
    organization: UUID
    kind: str
    themes: frozenset[str]
    distance_km: float | None
    assured_on: date | None
    minimum_age: int | None = None
    maximum_age: int | None = None
    ends_on: date | None = None
    invented: bool = False
    ways: frozenset[str] = frozenset()
    """Those of its themes that say how it helps (kind practical), not what it is about."""

    @property
    def clinical(self) -> bool:
        return bool(self.themes & CLINICAL)

    def at(self, km: float | None) -> "Candidate":
        """The same, this far from where the person is."""
        return Candidate(  # much quicker than dataclasses.replace, and done for each candidate of each story
            self.listing,
            self.service,
            self.organization,
            self.kind,
            self.themes,
            km,
            self.assured_on,
            self.minimum_age,
            self.maximum_age,
            self.ends_on,
            self.invented,
            self.ways,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """That a candidate answers a wish, through which of its themes and how well (0 to 1)."""

    wish: Wish
    theme: str
    strength: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate in the running: what it answers, best first and never nothing, and how good it is beside that."""

    candidate: Candidate
    matches: tuple[Match, ...]
    good: float
    """From 0 to 1: nearness, freshness, focus and fit."""

    @property
    def themes(self) -> tuple[str, ...]:
        """All of the service's themes that answer a wish, those of the best matches first."""
        best = [match.theme for match in self.matches]
        other = sorted(
            theme for match in self.matches for theme in self.candidate.themes & match.wish.answers.keys()
        )
        return tuple(dict.fromkeys([*best, *other]))


def choose(
    wishes: Sequence[Wish], candidates: Iterable[tuple[Candidate, float]], *, limit: int, on: date
) -> list[Choice]:
    """Up to `limit` choices: what answers a basic need first, then in the order in which they were chosen.

    Each candidate comes with how well it fits the person (see `suitability.fit`); 0 is never offered.
    """
    answering = _answering(wishes)
    pool = [
        Choice(candidate, matches, quality(candidate, on=on) * focus(candidate, answering.keys()) * fit)
        for candidate, fit in candidates
        if fit > 0 and (matches := _matches(candidate, answering))
    ]
    state = _State(wishes)
    # What a candidate would add never grows from round to round, so only those on top need to be looked at again.
    heap = [(-state.gain(choice), choice.candidate.listing, index) for index, choice in enumerate(pool)]
    heapify(heap)
    chosen: list[Choice] = []
    while heap and len(chosen) < limit:
        _before, listing, index = heappop(heap)
        now = -state.gain(pool[index])
        if heap and (now, listing) > heap[0][:2]:
            heappush(heap, (now, listing, index))
            continue
        state.take(pool[index])
        chosen.append(pool[index])
    ranked = [*chosen, *(pool[index] for _before, _listing, index in sorted(heap))]
    chosen = _several_kinds(chosen, ranked, limit)
    chosen = _clinical_beside_others(chosen, ranked, limit)
    return sorted(chosen, key=_basic_needs_first)


class _State:
    """What is still open after some rounds: wishes, and themes, kinds and organizations already taken."""

    def __init__(self, wishes: Sequence[Wish]) -> None:
        self.open = {wish.theme.slug: 0.0 for wish in wishes}
        for wish in wishes:
            self.open[wish.theme.slug] += wish.weight
        self.themes: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.organizations: Counter[UUID] = Counter()

    def gain(self, choice: Choice) -> float:
        """What this candidate would add now."""
        total = 0.0
        side = 1.0
        for match in choice.matches:
            again = self.themes[match.theme]
            worth = self.open[match.wish.theme.slug] * match.strength * (SAME_AGAIN**again if again else 1.0)
            total += worth * (side if side == 1 or match.strength == 1 else SIDE_HELP)
            side = SIDE_MATCH
        taken = self.kinds[choice.candidate.kind]
        if not taken:
            total *= NEW_KIND
        elif taken >= CROWDED_FROM:
            total *= CROWDED_KIND ** (taken - CROWDED_FROM + 1)
        return total * choice.good * SAME_ORGANIZATION ** self.organizations[choice.candidate.organization]

    def take(self, choice: Choice) -> None:
        """Count this candidate as chosen."""
        self.kinds[choice.candidate.kind] += 1
        self.organizations[choice.candidate.organization] += 1
        self.themes.update({match.theme for match in choice.matches})
        for match in choice.matches:
            self.open[match.wish.theme.slug] *= 1 - ANSWERED * match.strength**2


def quality(candidate: Candidate, *, on: date) -> float:
    """Nearest and freshest first: 1 for what is next door and newly confirmed, less with each kilometre and month."""
    near = 0.85 if candidate.distance_km is None else 1 / (1 + candidate.distance_km / 10)
    if candidate.assured_on is None:
        fresh = 0.85
    else:
        fresh = max(0.7, 1 - 0.15 * max(0, (on - candidate.assured_on).days) / 365)
    real = INVENTED_CRISIS if candidate.invented and candidate.themes & CRISIS else 1.0
    return near * fresh * real


def focus(candidate: Candidate, sought: AbstractSet[str]) -> float:
    """How much of what a service is about has to do with the story: a line for midwives is not for all who are low.

    `sought`: the themes that answer something in it. What a service is about says more than the ways in which it
    helps (a call, a form, a peer), which many share.
    """
    ways = candidate.ways
    told = candidate.themes - ways
    whole = len(told) + A_WAY * len(ways)
    bearing = len(told & sought) + A_WAY * len(ways & sought)
    return float((bearing / whole) ** FOCUS)


Answering = Mapping[str, Sequence[Match]]


def _answering(wishes: Sequence[Wish]) -> Answering:
    """The themes that a service may have, each with the matches that it makes, made once for all candidates."""
    found: dict[str, list[Match]] = {}
    for wish in wishes:
        for theme, strength in wish.answers.items():
            found.setdefault(theme, []).append(Match(wish, theme, strength))
    return found


def _matches(candidate: Candidate, answering: Answering) -> tuple[Match, ...]:
    """For each wish the match by the theme of the candidate that answers it best; the weightiest first.

    Of equals that which answers better, then by name: a set gives its themes in another order in each process.
    """
    best: dict[int, Match] = {}
    for theme in candidate.themes:
        for match in answering.get(theme, ()):
            known = best.get(id(match.wish))
            if known is None or (match.strength, match.theme) > (known.strength, known.theme):
                best[id(match.wish)] = match
    return tuple(sorted(best.values(), key=_weightiest_first))


def _weightiest_first(match: Match) -> tuple[float, float, str]:
    return -match.strength * match.wish.weight, -match.strength, match.wish.theme.slug


def _basic_needs_first(choice: Choice) -> int:
    """A choice that answers a basic need well comes before the others; the sort keeps the order among equals."""
    return min((match.wish.basic for match in choice.matches if match.strength > 0.6), default=3)


def _several_kinds(chosen: list[Choice], ranked: Sequence[Choice], limit: int) -> list[Choice]:
    """Where another kind exists among the candidates, it takes the last place of a kind that has more than one."""
    for choice in _rest(chosen, ranked):
        kinds = Counter(taken.candidate.kind for taken in chosen)
        if len(kinds) >= min(KINDS_AT_LEAST, limit):
            break
        if choice.candidate.kind not in kinds:
            chosen = _replace_last(chosen, choice, {kind for kind, count in kinds.items() if count > 1})
    return chosen


def _clinical_beside_others(chosen: list[Choice], ranked: Sequence[Choice], limit: int) -> list[Choice]:
    """Clinical help is never the only thing offered, and never hidden where the story asks for it."""
    rest = _rest(chosen, ranked)
    clinical = sum(choice.candidate.clinical for choice in chosen)
    if clinical == len(chosen):
        wanted = [choice for choice in rest if not choice.candidate.clinical]
        room = {choice.candidate.kind for choice in chosen}
    elif clinical == 0 and limit > 1:
        wanted = [choice for choice in rest if any(match.theme in CLINICAL for match in choice.matches)]
        room = {choice.candidate.kind for choice in chosen if _basic_needs_first(choice) == 3}
    else:
        return chosen
    if not wanted:
        return chosen
    return [*chosen, wanted[0]] if len(chosen) < limit else _replace_last(chosen, wanted[0], room)


def _rest(chosen: Sequence[Choice], ranked: Sequence[Choice]) -> list[Choice]:
    taken = {choice.candidate.service for choice in chosen}
    return [choice for choice in ranked if choice.candidate.service not in taken]


def _replace_last(chosen: list[Choice], newcomer: Choice, kinds: set[str]) -> list[Choice]:
    """Put the newcomer where the last choice of one of these kinds stands; unchanged where there is none."""
    for index in range(len(chosen) - 1, -1, -1):
        if chosen[index].candidate.kind in kinds:
            return [*chosen[:index], newcomer, *chosen[index + 1 :]]
    return chosen
