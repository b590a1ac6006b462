"""Trouble in a story belongs to whoever it is said of."""

import pytest

from livingwell.themes.tests.few_themes import assert_heard


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("My partner drinks", ["someone-elses-drinking hard other: drinks"]),
        ("my son is on drugs", ["someone-elses-drinking hard other: on drugs"]),
        ("mum has dementia", ["caring-for-someone hard other: dementia"]),
        ("My husband is depressed", ["caring-mental-health hard other: depressed"]),
        ("my daughter is so anxious", ["caring-mental-health hard other", "young-mind hard other"]),
        ("I live with my mum. She has dementia.", ["caring-for-someone hard other"]),
        (
            "My dad has dementia and I can't sleep and my brother drinks",
            ["caring-for-someone hard other", "sleep hard: can't sleep", "someone-elses-drinking hard other"],
        ),
        ("My son is depressed and drinks", ["caring-mental-health", "young-mind", "someone-elses-drinking"]),
        ("A friend of mine is diabetic", ["caring-for-someone hard other"]),
        ("His wife drinks", ["someone-elses-drinking hard other"]),
        ("He is 60. His wife drinks. He is low, depressed.", ["someone-elses-drinking", "low-mood hard"]),
        ("I don't think I'm depressed", []),
        ("She does not see herself as depressed", []),
        ("They think it is dementia", ["memory hard"]),
        ("My husband thinks it is depression", ["low-mood hard"]),
        ("My daughter is at home. She is depressed.", ["caring-mental-health", "young-mind"]),
        ("I am her carer", ["caring-for-someone hard: her carer"]),
        ("My dog has diabetes", ["dogs loved"]),
        ("She is 65. Her husband hit her and she is anxious", ["domestic-abuse hard", "anxiety hard"]),
        ("She says “I drink too much” and she is lonely", ["alcohol hard", "loneliness hard"]),
        ("My wife died", ["bereavement hard: died"]),
        ("My mum's birthday is coming up", ["anniversaries hard"]),
        ("my partner hits me", ["domestic-abuse hard: hits me"]),
        ("I'm estranged from my dad", ["lost-touch hard"]),
        ("My older brother got me drinking", ["alcohol hard"]),
        ("My mum thinks I'm depressed", ["low-mood hard: depressed"]),
        ("He says I am depressed, my mum and dad agree", ["low-mood hard"]),
        ("My wife and I can't sleep", ["sleep hard"]),
        ("Me and my wife are diabetic", ["diabetes hard"]),
        ("Lost my wife, can't sleep, depressed", ["bereavement hard", "sleep hard", "low-mood hard"]),
        ("Mum died and depressed ever since", ["bereavement hard", "low-mood hard"]),
        ("My dad died of dementia", ["bereavement hard"]),
        ("I am a single mum with depression", ["low-mood hard"]),
        ("mum of two with anxiety", ["anxiety hard"]),
        ("My depression is bad", ["low-mood hard"]),
        ("my partner stopped drinking", []),
        ("my partner doesn't drink", []),
        ("My son loves football", ["football loved other: loves football"]),
        ("I live with my partner Sara. Sara drinks.", ["someone-elses-drinking hard other"]),
        ("my kids are hungry", ["food-today hard: hungry"]),
    ],
)
def test_somebody_elses_trouble_is_told_from_ones_own(story: str, expected: list[str]) -> None:
    assert_heard(story, expected)
