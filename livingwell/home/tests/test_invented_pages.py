"""The made-up people of the demonstration: their pages, and the one press by which one signs in as them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from pytest_django import Settings

from livingwell.circles.models import CircleMember, Ring
from livingwell.consent.models import Access, Consent, Event, Person, Question
from livingwell.linkwork.models import Lead
from livingwell.people.invented import INVENTED
from livingwell.people.models import Account
from livingwell.plans.models import HardDate, PageTheme, Words
from livingwell.referrals.models import Referral
from livingwell.steps.models import Step

pytestmark = pytest.mark.django_db
FOUR = {"lloyd", "mary", "magda", "george"}
TABLES: tuple[type[Model], ...] = (
    *(Person, Words, PageTheme, HardDate, CircleMember, Step),
    *(Consent, Access, Event, Lead, Referral, Question),
)
LANDS = {
    "mary": "My page",
    "sara": "Magda",
    "george": "My page",
    "ama": "Mary",
    "dev": "George",
    "gp": "",
    "privacy-lead": "/privacy-lead/questions/",
    "editor": "",
    "volunteer": "",
}


def loaded() -> None:
    for command in ("load_demonstration", "show_pages"):
        call_command(command, verbosity=0, stdout=StringIO())


def counts() -> dict[str, int]:
    return {table.__name__: table._default_manager.count() for table in TABLES}


def test_the_four_have_whole_pages_marked_as_invented_and_loading_twice_changes_nothing() -> None:
    loaded()

    for person in Person.objects.select_related("account"):
        assert person.invented
        assert person.words.exclude(text="").count() >= 9
        assert person.themes.held().exists()
        assert person.hard_dates.count() == 2
        assert {step.stage for step in person.steps.all()} == {"now", "next", "later"}
        assert {"active", "completed"} <= {step.status for step in person.steps.all()}
        assert person.circle.filter(ring=Ring.NEVER, phone="").exists()
        assert person.consents.exists()
        assert person.accesses.exists()
    assert {str(person.account).lower() for person in Person.objects.select_related("account")} == FOUR
    assert Lead.objects.live().count() == 4
    assert {each.status for each in Referral.objects.all()} >= {"sent", "accepted", "met"}
    before = counts()

    loaded()

    assert counts() == before


def test_one_press_leads_each_to_where_they_work(settings: Settings) -> None:
    loaded()
    settings.DEMONSTRATION = True
    front = Client().get("/").content.decode()
    for slug, said in LANDS.items():
        assert f'action="/sign-in/as/{slug}/"' in front

        page = Client().post(f"/sign-in/as/{slug}/", follow=True)

        assert page.status_code == 200, slug
        assert said in page.content.decode(), slug
    assert [each.slug for each in INVENTED if each.slug not in LANDS] == ["lloyd", "magda"]


def test_sara_sees_what_magda_lets_her_see_and_no_more(settings: Settings) -> None:
    loaded()
    settings.DEMONSTRATION = True
    sara = Client()
    sara.post("/sign-in/as/sara/")
    magda = Person.objects.get(account__name="Magda")

    assert "Invented for this demonstration" in sara.get(f"/page/{magda.pk}/").content.decode()
    assert sara.get(f"/page/{magda.pk}/words/").status_code == 200
    assert sara.get(f"/page/{magda.pk}/steps/").status_code == 404
    assert sara.get(f"/page/{Person.objects.get(account__name='Mary').pk}/").status_code == 404


def test_in_life_nobody_is_offered_them_and_nobody_can_be_them(settings: Settings) -> None:
    loaded()
    settings.DEMONSTRATION = False
    for address in ("/", "/sign-in/"):
        assert "/sign-in/as/" not in Client().get(address).content.decode()
    for one in INVENTED:
        client = Client()
        assert client.post(f"/sign-in/as/{one.slug}/").status_code == 404
        assert "_auth_user_id" not in client.session
    assert Account.objects.filter(invented=True).exclude(password="!").count() == 0
