"""The screens of the verification round."""

import pytest
from django.test import Client

from livingwell.directory.models import Service
from livingwell.keeping.models import Call, Confirmation, Proposal
from livingwell.keeping.tests.make import entry
from livingwell.people.tests.make import editor, person, signed_in, verifier

pytestmark = pytest.mark.django_db
AS_IT_IS = {"phone": "020 7946 0123", "name": "Sing Anyway", "email": "choir@example.org"}


@pytest.fixture
def volunteer() -> Client:
    return signed_in(verifier())


def begun(volunteer: Client) -> str:
    entry()
    response = volunteer.post("/keeping/round/")
    return str(response.headers["Location"])


def test_only_those_with_the_right_get_in() -> None:
    for address in ("/keeping/round/", "/keeping/round/not-reached/", "/keeping/round/1/"):
        assert Client().get(address).status_code == 302
        assert signed_in(person()).get(address).status_code == 403
    assert signed_in(verifier()).get("/keeping/round/not-reached/").status_code == 403
    assert signed_in(editor()).get("/keeping/round/not-reached/").status_code == 200


def test_opening_the_round_takes_nothing_and_the_button_gives_one(volunteer: Client) -> None:
    entry()
    assert "1 entry is due" in volunteer.get("/keeping/round/").content.decode()
    assert "1 entry to check by phone" in volunteer.get("/keeping/").content.decode()
    assert not Call.objects.exists()

    page = volunteer.post("/keeping/round/", follow=True).content.decode()

    assert 'href="tel:02079460123"' in page
    assert "What to ask" in page
    assert "Go on with it" in volunteer.get("/keeping/round/").content.decode()


def test_all_right_is_one_press(volunteer: Client) -> None:
    page = volunteer.post(
        begun(volunteer), {**AS_IT_IS, "outcome": "confirmed"}, follow=True
    ).content.decode()

    assert "You rang 1 place today and spoke to 1." in page
    assert Call.objects.get().outcome == "confirmed"
    assert Confirmation.objects.get().how == "phone"


def test_what_was_heard_is_corrected_on_the_same_screen(volunteer: Client) -> None:
    heard = {**AS_IT_IS, "cost": "£2", "room": "full", "until": "31/3/2027", "outcome": "confirmed"}

    volunteer.post(begun(volunteer), heard)

    assert Call.objects.get().outcome == "changed"
    page = Client().get(Service.objects.get().get_absolute_url()).content.decode()
    assert "£2" in page
    assert "Full until 31 March 2027" in page
    assert "when we rang them" in page


def test_a_mistake_keeps_what_was_heard(volunteer: Client) -> None:
    heard = {**AS_IT_IS, "cost": "£2", "room": "full", "until": "soon", "outcome": "confirmed"}

    page = volunteer.post(begun(volunteer), heard).content.decode()

    assert "Write the day like 31/3/2027" in page
    assert "£2" in page
    assert Call.objects.get().outcome == ""


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("no answer", "Written down. We try again on"),
        ("closed", "An editor looks"),
        ("let go", "Given back"),
    ],
)
def test_each_other_outcome_is_one_press_and_says_what_happens_next(
    volunteer: Client, outcome: str, said: str
) -> None:
    page = volunteer.post(begun(volunteer), {"outcome": outcome}, follow=True).content.decode()

    assert said in page
    assert Call.objects.get().outcome == outcome
    assert Proposal.objects.exists() is (outcome == "closed")


def test_nobody_opens_the_call_of_somebody_else(volunteer: Client) -> None:
    assert signed_in(editor()).get(begun(volunteer)).status_code == 404
