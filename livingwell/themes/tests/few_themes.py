"""A few themes of our own, so that tests of reading stay as they are when the shipped one grows."""

from types import MappingProxyType

from livingwell.themes.story import read
from livingwell.themes.vocabulary import Theme, Vocabulary

WORDS = {
    "need": {
        "alcohol": "drinking; drinks; drink too much; wine; alcohol; beer",
        "drugs": "drugs; cocaine; heroin; on drugs",
        "gambling": "gambling; gamble; betting shop",
        "smoking": "smoking; cigarettes; smoke",
        "debt": "debt; debts; in debt; bills i can't pay; bailiffs",
        "money": "money; trouble with money; no money; money worries",
        "benefits": "benefits; universal credit; pip",
        "food-today": "nothing to eat; no food; hungry",
        "clothes-and-essentials": "clothes; shoes",
        "home-at-risk": "evicted; kicked out of my flat; they want me out; lose my flat",
        "homelessness": "homeless; nowhere to live",
        "loneliness": "lonely; loneliness; no friends; no * to talk to; on my own all day",
        "bereavement": "died; passed away; lost my wife; grief",
        "anniversaries": "birthday is coming up; anniversary",
        "low-mood": "depressed; depression; feeling down",
        "anxiety": "anxious; anxiety; panicky",
        "sleep": "don't sleep; can't sleep; sleep",
        "memory": "dementia; alzheimer's; losing my memory",
        "diabetes": "diabetes; diabetic",
        "autism": "autistic; autism",
        "pain": "pain; aches",
        "domestic-abuse": "hits me; hit me; hurts me; controls everything",
        "lost-touch": "estranged from my dad; lost touch",
        "unemployment": "out of work; hasn't worked for years; lost my job",
        "confidence": "confidence; lost * confidence",
        "suicidal-thoughts": "want to die; end my life",
        "caring-for-someone": "look after my mum; carer for; her carer",
        "caring-mental-health": "living with someone who is depressed",
        "someone-elses-drinking": "living with a drinker",
        "young-mind": "worried about my teenager",
        "pet-loss": "my dog died",
    },
    "experience": {
        "recovery": "in recovery; clean and sober",
        "prison": "prison; inside for",
        "lgbtq": "gay; lesbian",
    },
    "interest": {
        "singing": "singing; sing; choir",
        "football": "football",
        "gardening": "gardening; garden; allotment",
        "running": "running; run marathons; marathons",
        "walking": "walking",
        "swimming": "swimming",
        "cooking": "cooking; cook; can't cook",
        "reading": "reading; read books",
        "sewing": "sewing; sews; sew",
        "knitting": "knitting; crochet",
        "bicycle-repair": "fix bikes; mend bicycles; bike repair",
        "dogs": "dog; dogs",
        "boxing": "boxing",
        "peace-and-quiet": "quiet",
        "computers": "computer; computers",
        "dancing": "dancing; dance",
    },
    "offer": {
        "offer-cooking": "cook for others",
        "offer-bicycle-repair": "i mend bikes for people",
        "offer-sewing": "alterations",
        "offer-building": "building trade; plumber; electrician",
        "offer-gardening": "do people's gardens",
        "offer-digital": "show people how to use a phone",
    },
    "practical": {
        "talking-therapy": "counselling; someone to talk to; therapy",
        "forms": "help with forms; fill in forms",
        "library": "library",
    },
}
RELATED = {"offer-sewing": ("sewing", "knitting"), "offer-digital": ("computers",)}


def made(words: dict[str, dict[str, str]]) -> Vocabulary:
    return Vocabulary(
        MappingProxyType(
            {
                slug: Theme(
                    slug=slug,
                    english_label=slug,
                    kind=kind,
                    level=3,
                    english_group="Test",
                    phrases=tuple(phrases.split("; ")),
                    related=RELATED.get(slug, ()),
                )
                for kind, themes in words.items()
                for slug, phrases in themes.items()
            }
        )
    )


FEW = made(WORDS)


def heard(story: str) -> list[str]:
    """What is read, short enough for a table: theme, stance, past or somebody else's, and the words."""
    return [
        f"{found.theme.slug} {found.stance}{' past' * found.past}{' other' * found.other}: {found.because}"
        for found in read(story, FEW)
    ]


def assert_heard(story: str, expected: list[str]) -> None:
    """Each line of what is read begins with the expected one; nothing more, nothing less."""
    lines = heard(story)
    fits = len(lines) == len(expected) and all(
        line == wanted or line.startswith((f"{wanted}:", f"{wanted} "))
        for line, wanted in zip(lines, expected, strict=True)
    )
    assert fits, f"{story!r} was read as {lines}"
