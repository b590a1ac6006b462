"""What did not arrive, and who would like a call, stand on the list of today until they are seen to."""

import pytest
from django.utils import timezone

from livingwell.consent.actions import reach
from livingwell.contacting.models import About, Answer, Letter
from livingwell.contacting.tests import make as letters
from livingwell.linkwork.models import Need
from livingwell.linkwork.tests import make
from livingwell.linkwork.tests.test_today import needs
from livingwell.people.tests.make import signed_in

pytestmark = pytest.mark.django_db


def test_a_message_that_did_not_arrive_and_a_call_that_is_owed_are_seen_to() -> None:
    lena = make.worker()
    person = make.walked_with(lena)
    reach(person, {"phone": letters.MOBILE, "ways": ["text"]})
    lost, asked = letters.failed(person), letters.sent(person, About.MISSED, key="hello:2")
    Letter.objects.filter(pk=lost.pk).update(queued_at=timezone.now())
    Letter.objects.filter(pk=asked.pk).update(
        queued_at=timezone.now(), answer=Answer.YES, answered_on=timezone.localdate()
    )
    client = signed_in(lena)

    page = client.get("/walking-with/").content.decode()

    assert "did not arrive" in page
    assert "would like a call" in page
    assert needs(lena) == [Need.CALL_OWED, Need.UNREACHED]
    for need, letter in ((Need.CALL_OWED, asked), (Need.UNREACHED, lost)):
        client.post(
            "/walking-with/seen-to/", {"person": str(person.pk), "need": need, "about": str(letter.pk)}
        )
    assert "did not arrive" not in client.get("/walking-with/").content.decode()
