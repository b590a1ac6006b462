"""Which few of many candidates to offer: each thing a person said is answered, in different ways.

Greedy maximum coverage: each round takes the candidate that adds most to what is not answered yet. What has been
answered once counts less the next time, and so does a second choir, a fifth group, another thing from the same people.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from livingwell.suggestions.wishes import Wish

ANSWERED = 0.9
"""How much of a wish is taken as answered by a perfect match; what only helps with it leaves most of it open."""
SAME_AGAIN = 0.3
"""What a second service of the very same theme adds, compared with the first."""
SAME_ORGANIZATION = 0.5
NEW_KIND = 1.05
CROWDED_KIND = 0.85
CROWDED_FROM = 4
SIDE_MATCH = 0.9
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
    service: str
    organization: str
    kind: str
    themes: frozenset[str]
    distance_km: float | None
    assured_on: date | None
    minimum_age: int | None = None
    maximum_age: int | None = None
    invented: bool = False
    ways: frozenset[str] = frozenset()
    """Those of its themes that say how it helps (kind practical), not what it is about."""

    @property
    def clinical(self) -> bool:
        return bool(self.themes & CLINICAL)


@dataclass(frozen=True, slots=True)
class Match:
    """That a candidate answers a wish, through which of its themes and how well (0 to 1)."""

    wish: Wish
    theme: str
    strength: float


@dataclass(frozen=True, slots=True)
class Choice:
    candidate: Candidate
    matches: tuple[Match, ...]
    """Best first; never empty."""

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
    pool = [
        (candidate, matches, quality(candidate, on=on) * focus(candidate, matches) * fit)
        for candidate, fit in candidates
        if fit > 0 and (matches := _matches(candidate, wishes))
    ]
    open_weight = [wish.weight for wish in wishes]
    place = {id(wish): index for index, wish in enumerate(wishes)}
    themes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    organizations: Counter[str] = Counter()
    services: set[str] = set()
    chosen: list[Choice] = []

    def gain(candidate: Candidate, matches: tuple[Match, ...], good: float) -> float:
        total = 0.0
        for rank, match in enumerate(matches):
            worth = open_weight[place[id(match.wish)]] * match.strength * SAME_AGAIN ** themes[match.theme]
            total += worth if rank == 0 else worth * (SIDE_MATCH if match.strength == 1 else SIDE_HELP)
        if not kinds[candidate.kind]:
            total *= NEW_KIND
        elif kinds[candidate.kind] >= CROWDED_FROM:
            total *= CROWDED_KIND ** (kinds[candidate.kind] - CROWDED_FROM + 1)
        return total * good * SAME_ORGANIZATION ** organizations[candidate.organization]

    while pool and len(chosen) < limit:
        candidate, matches, _good = max(pool, key=lambda entry: (gain(*entry), entry[0].service))
        chosen.append(Choice(candidate, matches))
        services.add(candidate.service)
        kinds[candidate.kind] += 1
        organizations[candidate.organization] += 1
        for match in matches:
            open_weight[place[id(match.wish)]] *= 1 - ANSWERED * match.strength**2
        themes.update({match.theme for match in matches})
        pool = [entry for entry in pool if entry[0].service not in services]

    pool.sort(key=lambda entry: gain(*entry), reverse=True)
    everything = [*chosen, *(Choice(candidate, matches) for candidate, matches, _good in pool)]
    chosen = _several_kinds(chosen, everything, limit)
    chosen = _clinical_beside_others(chosen, everything, limit)
    return sorted(chosen, key=_basic_needs_first)


def quality(candidate: Candidate, *, on: date) -> float:
    """Nearest and freshest first: 1 for what is next door and newly confirmed, less with each kilometre and month."""
    near = 0.85 if candidate.distance_km is None else 1 / (1 + candidate.distance_km / 10)
    if candidate.assured_on is None:
        fresh = 0.85
    else:
        fresh = max(0.7, 1 - 0.15 * max(0, (on - candidate.assured_on).days) / 365)
    real = INVENTED_CRISIS if candidate.invented and candidate.themes & CRISIS else 1.0
    return near * fresh * real


def focus(candidate: Candidate, matches: Iterable[Match]) -> float:
    """How much of what a service is about has to do with the story: a line for midwives is not for all who are low.

    What a service is about says more than the ways in which it helps (a call, a form, a peer), which many share.
    """
    bearing = {theme for match in matches for theme in candidate.themes & match.wish.answers.keys()}

    def told_by(themes: Iterable[str]) -> float:
        return sum(A_WAY if theme in candidate.ways else 1.0 for theme in themes)

    return float((told_by(bearing) / told_by(candidate.themes)) ** FOCUS)


def _matches(candidate: Candidate, wishes: Sequence[Wish]) -> tuple[Match, ...]:
    found = []
    for wish in wishes:
        common = candidate.themes & wish.answers.keys()
        if common:
            theme = max(sorted(common), key=wish.answers.__getitem__)
            found.append(Match(wish, theme, wish.answers[theme]))
    return tuple(sorted(found, key=lambda match: -match.strength * match.wish.weight))


def _basic_needs_first(choice: Choice) -> int:
    """A choice that answers a basic need well comes before the others; the sort keeps the order among equals."""
    return min((match.wish.basic for match in choice.matches if match.strength > 0.6), default=3)


def _several_kinds(chosen: list[Choice], everything: Sequence[Choice], limit: int) -> list[Choice]:
    """Where another kind exists among the candidates, it takes the last place of a kind that has more than one."""
    for choice in _rest(chosen, everything):
        kinds = Counter(taken.candidate.kind for taken in chosen)
        if len(kinds) >= min(KINDS_AT_LEAST, limit):
            break
        if choice.candidate.kind not in kinds:
            chosen = _replace_last(chosen, choice, {kind for kind, count in kinds.items() if count > 1})
    return chosen


def _clinical_beside_others(chosen: list[Choice], everything: Sequence[Choice], limit: int) -> list[Choice]:
    """Clinical help is never the only thing offered, and never hidden where the story asks for it."""
    rest = _rest(chosen, everything)
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


def _rest(chosen: Sequence[Choice], everything: Sequence[Choice]) -> list[Choice]:
    taken = {choice.candidate.service for choice in chosen}
    return [choice for choice in everything if choice.candidate.service not in taken]


def _replace_last(chosen: list[Choice], newcomer: Choice, kinds: set[str]) -> list[Choice]:
    """Put the newcomer where the last choice of one of these kinds stands; unchanged where there is none."""
    for index in range(len(chosen) - 1, -1, -1):
        if chosen[index].candidate.kind in kinds:
            return [*chosen[:index], newcomer, *chosen[index + 1 :]]
    return chosen
