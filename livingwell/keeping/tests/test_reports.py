"""Something is wrong: said in two presses by anybody, looked into by staff, told to whoever told us, then forgotten."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from livingwell.core.errors import Refusal
from livingwell.directory.actions import private
from livingwell.directory.actions.editing import ChangedMeanwhile, change
from livingwell.directory.models import About, How, Report, Service, Version
from livingwell.directory.queries.reports import warnings
from livingwell.keeping.actions import calls, reports
from livingwell.keeping.models import Asking
from livingwell.keeping.queries.ringing import due_to_ring
from livingwell.keeping.tests.make import SITE, entry, moment
from livingwell.messaging.models import Message
from livingwell.people.tests.make import editor, signed_in

pytestmark = pytest.mark.django_db
NOW = moment(10)


def said(service: Service, about: About = About.PHONE, address: str = "192.0.2.1", days: int = 10) -> Report:
    return reports.say(service, about, address=address, site=SITE, at=moment(days))


def test_two_presses_say_what_is_wrong_and_nothing_has_to_be_typed() -> None:
    service = entry()
    assert f"/something-wrong/{service.pk}/" in Client().get(service.get_absolute_url()).content.decode()
    page = Client().get(f"/something-wrong/{service.pk}/").content.decode()
    assert "020 7946 0123" in page

    response = Client().post(f"/something-wrong/{service.pk}/phone/", follow=True)

    assert "It is sent" in response.content.decode()
    report = Report.objects.get()
    assert (report.about, report.words, report.contact) == ("phone", "", "")


def test_words_and_an_address_can_be_added_after_and_stand_in_no_log_and_no_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    service = entry()
    client = Client()
    there = client.post(f"/something-wrong/{service.pk}/phone/").headers["Location"]
    with caplog.at_level(logging.DEBUG):
        wrong = client.post(there, {"words": "It rings at the baker's", "contact": "0207 1"})
        assert "mobile number" in wrong.content.decode()
        assert "It rings at the baker&#39;s" in wrong.content.decode()
        fine = client.post(there, {"words": "It rings at the baker's", "contact": "ada@example.org"})

    assert "then delete your address" in fine.content.decode()
    report = Report.objects.get()
    assert (report.words, report.contact) == ("It rings at the baker's", "ada@example.org")
    assert "baker" not in caplog.text
    assert "ada@" not in caplog.text
    assert "ada@" not in there


def test_an_address_to_add_to_is_ours_and_over_once_somebody_has_looked() -> None:
    report = said(entry())
    assert Client().get("/something-wrong/thanks/made-up/").status_code == 410
    from livingwell.keeping.links import said_token

    token = said_token(report.pk)
    reports.was_right(report, by="Edna", at=NOW)

    assert Client().post(f"/something-wrong/thanks/{token}/", {"words": "late"}).status_code == 410


def test_one_address_counts_once_a_day_for_one_thing() -> None:
    service = entry()
    for _press in range(5):
        said(service)
    said(service, About.WHEN)
    said(service, days=11)

    assert Report.objects.count() == 3


def test_who_says_it_again_after_it_was_decided_says_something_new() -> None:
    service = entry()
    reports.was_right(said(service), by="Edna", at=NOW)

    again = said(service)

    assert Report.objects.open().get() == again
    assert Report.objects.exclude(pk=again.pk).get().sender == ""


def test_nobody_can_flood(settings: Settings) -> None:
    settings.REPORTS_PER_HOUR = 2
    service = entry()
    answers = [
        Client().post(f"/something-wrong/{service.pk}/{about}/") for about in ("phone", "when", "cost")
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 429]


def test_one_who_cannot_get_through_is_a_report_and_two_are_a_warning_and_a_call_before_all_others() -> None:
    service = entry("Never picks up")
    due = entry("Long due", assured_date="2025-01-01")
    said(service, About.UNREACHED)
    said(service, About.UNREACHED, days=9)  # the same person on another day
    assert warnings(service.pk, at=NOW) == ()
    assert [each.pk for each in due_to_ring(NOW, "Winston")] == [due.pk]

    said(service, About.UNREACHED, "192.0.2.2")

    assert warnings(service.pk, at=NOW) == ("Two people could not get through by phone this week.",)
    assert [each.pk for each in due_to_ring(NOW, "Winston")] == [service.pk, due.pk]
    assert warnings(service.pk, at=moment(18)) == ()


def test_the_warning_stands_on_the_page() -> None:
    service = entry()
    client = Client()
    for address in ("192.0.2.1", "192.0.2.2"):
        client.post(f"/something-wrong/{service.pk}/unreached/", REMOTE_ADDR=address)

    page = client.get(service.get_absolute_url()).content.decode()
    assert "Two people could not get through by phone this week." in page


def test_a_volunteer_who_gets_through_ends_the_warning_and_tells_them() -> None:
    service = entry()
    first = said(service, About.UNREACHED)
    reports.add_contact(first, "07700 900123")
    said(service, About.UNREACHED, "192.0.2.2")
    turn = calls.take_next(by="Winston", at=NOW)
    assert turn is not None

    calls.confirmed(turn, by="Winston", at=NOW)

    assert warnings(service.pk, at=NOW) == ()
    assert "got through" in Message.objects.get(to="+447700900123").body
    assert not Report.objects.exclude(contact="").exists()


def test_several_who_say_that_it_has_closed_warn_the_editors_at_once_and_once() -> None:
    editor()
    service = entry()
    for number in range(4):
        said(service, About.CLOSED, f"192.0.2.{number}")

    message = Message.objects.get()
    assert message.to == "edna@example.org"
    assert "Sing Anyway has closed" in message.body
    assert "Four people told us that this has closed" in warnings(service.pk, at=NOW)[0]


def test_put_right_goes_through_the_history_tells_the_reporter_and_forgets_them() -> None:
    service = entry()
    report = said(service)
    reports.add_contact(report, "ada@example.org")

    reports.put_right(
        report, {"phones": [{"number": "020 7946 0999"}]}, by="Edna", at=NOW, sentence="It moved.", expected=0
    )

    assert Version.objects.first().how == How.REPORT  # type: ignore[union-attr]
    message = Message.objects.get()
    assert (message.to, message.forget) == ("ada@example.org", True)
    assert "You were right" in message.body
    assert "It moved." in message.body
    report.refresh_from_db()
    assert (report.status, report.contact) == ("put right", "")


def test_all_who_say_the_same_are_answered_at_once() -> None:
    service = entry()
    for number in (1, 2):
        reports.add_contact(said(service, address=f"192.0.2.{number}"), f"ada{number}@example.org")

    reports.was_right(Report.objects.earliest("said_at"), by="Edna", at=NOW)

    assert Message.objects.count() == 2
    assert not Report.objects.open().exists()


def test_nothing_is_put_right_by_changing_nothing_or_over_somebody_elses_change() -> None:
    service = entry()
    report = said(service)
    with pytest.raises(Refusal):
        reports.put_right(report, {}, by="Edna", at=NOW, expected=0)
    change(service, {"alert": "Closed in May"}, by="Bob", how=How.SCREEN, at=NOW)

    with pytest.raises(ChangedMeanwhile):
        reports.put_right(report, {"alert": "Open"}, by="Edna", at=NOW, expected=0)
    assert Report.objects.open().count() == 1


def test_its_people_are_asked_and_the_reporter_waits_but_not_for_ever() -> None:
    report = said(entry())
    reports.add_contact(report, "ada@example.org")

    reports.ask_its_people(report, site=SITE, by="Edna", at=NOW)

    assert Asking.objects.get().to == "choir@example.org"
    report.refresh_from_db()
    assert report.contact == "ada@example.org"
    reports.forget(at=NOW + timedelta(days=31))
    report.refresh_from_db()
    assert (report.contact, report.sender) == ("", "")


def test_words_about_a_confidential_place_do_not_keep_where_it_is() -> None:
    service = entry()
    private.make_confidential(service, by="Edna", at=NOW, site="7 Quillfeather Mews, SE5 7QX")
    report = said(service, About.OTHER)

    reports.add_words(report, "They moved out of 7 Quillfeather Mews, se57qx")

    report.refresh_from_db()
    assert "quillfeather" not in report.words.lower()
    assert "7qx" not in report.words.lower()


def test_an_editor_sees_both_sides_and_chooses_what_came_of_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    service = entry()
    report = said(service)
    reports.add_words(report, "It rings at the bakery")
    desk = signed_in(editor())
    assert Client().get(f"/keeping/reports/{report.pk}/").status_code == 302
    assert "1 time somebody said" in desk.get("/keeping/").content.decode()
    assert "Sing Anyway: Phone" in desk.get("/keeping/reports/").content.decode()
    page = desk.get(f"/keeping/reports/{report.pk}/").content.decode()
    assert "020 7946 0123" in page
    assert "It rings at the bakery" in page
    typed = {"version": "0", "outcome": "put right", "name": "Sing Anyway", "email": "choir@example.org"}

    nothing = desk.post(f"/keeping/reports/{report.pk}/", {**typed, "phone": "020 7946 0123"})
    assert "Nothing is changed yet" in nothing.content.decode()
    desk.post(f"/keeping/reports/{report.pk}/", {**typed, "phone": "020 7946 0999"})

    assert "020 7946 0999" in Client().get(service.get_absolute_url()).content.decode()
    assert not Report.objects.open().exists()


@pytest.mark.parametrize("outcome", ["was right", "not found", "ask", "closed"])
def test_each_other_outcome_is_one_press(outcome: str) -> None:
    report = said(entry())

    signed_in(editor()).post(f"/keeping/reports/{report.pk}/", {"outcome": outcome})

    report.refresh_from_db()
    assert report.status != "waiting"


def test_enter_in_a_field_of_a_report_saves_what_was_typed_and_does_not_end_it_as_right() -> None:
    page = signed_in(editor()).get(f"/keeping/reports/{said(entry()).pk}/").content.decode()

    first = next(line for line in page.splitlines() if 'name="outcome"' in line)
    assert 'value="put right"' in first
    assert 'tabindex="-1"' in first


def test_an_address_that_is_none_is_sent_back_with_what_both_look_like(client: Client) -> None:
    service = entry()
    sent = client.post(f"/something-wrong/{service.pk}/when/")
    page = client.post(
        sent["Location"], {"words": "<b>At 7</b>", "contact": "ada at example"}
    ).content.decode()

    assert "Write an e-mail address like name@example.org, or a mobile number" in page
    assert "&lt;b&gt;At 7&lt;/b&gt;" in page
    assert 'value="ada at example"' in page


def test_what_we_do_not_say_can_be_said_to_be_missing(client: Client) -> None:
    page = client.get(f"/something-wrong/{entry().pk}/when/").content.decode()

    assert "We say nothing of this about Sing Anyway yet" in page
    assert "This is missing" in page
