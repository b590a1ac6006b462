"""Saying that something is wrong, and coming in to one's own entries, in the language that somebody reads."""

import pytest
from django.test import Client

from livingwell.core.catalogues import translated
from livingwell.directory.actions.listing import refresh
from livingwell.directory.tests import make

pytestmark = pytest.mark.django_db
WRONG = {
    "pt": "O que está errado?",
    "es": "¿Qué está mal?",
    "so": "Maxaa khaldan?",
    "fr": "Qu’est-ce qui est faux ?",
}


@pytest.mark.parametrize("code", translated())
def test_what_is_wrong_can_be_said_in_every_language(code: str) -> None:
    service = make.service("Choir", email="choir@example.org", description="We sing what we like.")
    make.phone(service)
    refresh([service.pk])
    client = Client()

    asked = client.get(f"/something-wrong/{service.pk}/?lang={code}").content.decode()
    sent = client.post(f"/something-wrong/{service.pk}/closed/", follow=True)
    door = client.get(f"/your-entries/link/{service.pk}/").content.decode()

    assert WRONG[code] in asked
    assert '<span lang="en">Choir</span>' in asked
    assert '<span lang="en">We sing what we like.</span>' in asked
    for page in (asked, sent.content.decode(), door):
        assert f'<html lang="{code}"' in page
    assert "What is wrong?" not in asked
    assert "It is sent" not in sent.content.decode()
    assert "Keep right what" not in door
