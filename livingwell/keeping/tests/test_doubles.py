"""The pages of what is here twice: looked at, made one, made two again."""

from __future__ import annotations

import pytest

from livingwell.directory.actions import doubling
from livingwell.directory.models import Double, Merge, Service
from livingwell.directory.tests import make
from livingwell.people.tests.make import editor, signed_in, verifier

pytestmark = pytest.mark.django_db


def twice() -> Double:
    for slug in ("council", "charity"):
        source = make.source(slug)
        service = make.service(
            "Singing for pleasure", source=source, original_id=slug, description=f"As the {slug} says.",
            organization=make.organization(f"{slug} friends", source=source),
        )  # fmt: skip
        make.phone(service)
        place = make.location(source=source)
        place.addresses.create(address_1="1 Hall Street", postal_code="SW2 1AA")
        make.at(service, place)
    doubling.find_all()
    return Double.objects.get(thing="service")


def test_an_editor_sees_why_and_makes_them_one_and_two_again() -> None:
    double, client = twice(), signed_in(editor())
    assert "may be the same thing twice" in client.get("/keeping/").content.decode()
    page = client.get("/keeping/doubles/").content.decode()
    assert "the same phone number, the same postcode: SW2 1AA, the same name" in page
    page = client.get(f"/keeping/doubles/{double.pk}/").content.decode()
    assert "As the council says." in page
    assert "As the charity says." in page
    assert (
        f'<a href="{Service.objects.get(pk=double.one).get_absolute_url()}">Singing for pleasure</a>' in page
    )
    answer = client.post(
        f"/keeping/doubles/{double.pk}/merge/", {"keep": "one", "field-description": "other"}
    )
    assert answer.status_code == 302
    kept, other = Service.objects.get(pk=double.one), Service.objects.get(pk=double.other)
    assert kept.description == other.description
    assert other.merged_into == kept
    made = Merge.objects.get()
    assert made.merged_by == "edna@example.org"
    assert "Make them two again" in client.get("/keeping/doubles/merged/").content.decode()
    client.post(f"/keeping/doubles/merged/{made.pk}/undo/")
    assert Service.objects.filter(pk=double.other, merged_into=None).exists()
    assert client.post(f"/keeping/doubles/merged/{made.pk}/undo/").status_code == 409


def test_the_other_one_can_be_kept() -> None:
    double, client = twice(), signed_in(editor())
    assert client.get(f"/keeping/doubles/{double.pk}/?keep=other").status_code == 200
    client.post(f"/keeping/doubles/{double.pk}/merge/", {"keep": "other"})
    assert Service.objects.get(pk=double.one).merged_into_id == double.other
    assert client.post(f"/keeping/doubles/{double.pk}/merge/", {"keep": "one"}).status_code == 409


def test_not_the_same_is_not_asked_again() -> None:
    double, client = twice(), signed_in(editor())
    client.post(f"/keeping/doubles/{double.pk}/different/")
    doubling.find_all()
    assert "Singing" not in client.get("/keeping/doubles/").content.decode()


def test_what_has_closed_is_not_asked_about() -> None:
    double, client = twice(), signed_in(editor())
    Service.objects.filter(pk=double.one).update(status="defunct")
    assert "Singing" not in client.get("/keeping/doubles/").content.decode()


def test_only_editors_make_things_one() -> None:
    double, client = twice(), signed_in(verifier())
    assert client.get("/keeping/doubles/").status_code == 403
    assert client.post(f"/keeping/doubles/{double.pk}/merge/", {}).status_code == 403
    assert not Merge.objects.exists()


def test_the_page_of_the_other_leads_to_the_one_that_is_kept_but_not_for_good() -> None:
    double, client = twice(), signed_in(editor())
    client.post(f"/keeping/doubles/{double.pk}/merge/", {"keep": "one"})
    kept, other = Service.objects.get(pk=double.one), Service.objects.get(pk=double.other)

    answer = client.get(other.get_absolute_url())

    assert (answer.status_code, answer["Location"]) == (302, kept.get_absolute_url())
