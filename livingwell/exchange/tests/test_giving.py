"""A linked-up system reads the introductions to its organization and answers them, as FHIR R4."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client as Browser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.consent.actions import withdraw as withdraw_consent
from livingwell.consent.models import Part
from livingwell.consent.tests import make as persons
from livingwell.core.roles import WEB_ROLE
from livingwell.exchange import actions, tokens
from livingwell.exchange.acting import asking
from livingwell.exchange.models import Client
from livingwell.exchange.tests.make import System, valid
from livingwell.referrals import actions as introducing
from livingwell.referrals.models import Because, Move, Referral, Said, Status, Through
from livingwell.referrals.tests import make as introductions

pytestmark = pytest.mark.django_db


def sent(name: str = "pat", to: str = "Singing Neighbours", service: str = "Choir for everyone") -> Referral:
    return introductions.sent(
        persons.page_of(name), introductions.choir(service, at_place=to), at=timezone.now()
    )


def task(system: System, pk: object) -> dict[str, Any]:
    answer = system.get(f"Task/{pk}")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


WAIT: dict[str, Any] = {"type": {"coding": [{"code": "wait"}]}}


def code_of(answer: Any) -> str:
    made = json.loads(answer.content)
    assert made["resourceType"] == "OperationOutcome"
    assert made["issue"][0]["diagnostics"]
    assert made["issue"][0]["expression"][0]
    return str(made["issue"][0]["code"])


# Tokens


def ask_for_token(**form: str) -> Any:
    return Browser().post("/oauth/token", {"grant_type": "client_credentials", **form})


def test_a_client_made_on_the_command_line_gets_a_token_with_the_secret_it_was_shown(capsys: Any) -> None:
    persons.organization("Singing Neighbours")
    call_command("link_up", "Singing Neighbours")
    shown = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines() if "=" in line)
    assert shown["client_secret"] not in str(Client.objects.values_list("secret", flat=True).get())
    answer = ask_for_token(**shown)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    both = base64.b64encode(f"{shown['client_id']}:{shown['client_secret']}".encode()).decode()
    again = Browser().post(
        "/oauth/token", {"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {both}"}
    )
    token = again.json()["access_token"]
    found = Browser().get("/fhir/R4/Task", headers={"Authorization": f"Bearer {token}"})
    assert found.status_code == 200


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_id": "x", "client_secret": "y"}, 401, "invalid_client"),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
    ],
)
def test_without_the_secret_there_is_no_token(form: dict[str, str], status: int, error: str) -> None:
    answer = ask_for_token(**form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_tokens_are_given_only_so_often(settings: Any) -> None:
    settings.TOKENS_PER_TEN_MINUTES = 2
    assert [ask_for_token().status_code for _time in range(3)] == [401, 401, 429]


def test_one_system_asks_only_so_often(settings: Any) -> None:
    settings.EXCHANGE_PER_TEN_MINUTES = 1
    system = System(persons.organization())
    assert [system.get("Task").status_code for _time in range(2)] == [200, 429]


def test_a_token_is_over_after_ten_minutes_and_when_its_client_is_ended() -> None:
    system = System(persons.organization())
    now = timezone.now()
    assert tokens.bearer(system.token, at=now) == system.client
    assert tokens.bearer(system.token, at=now + timedelta(minutes=11)) is None
    assert tokens.bearer(system.token[:-2] + "xx", at=now) is None
    actions.end(system.client, by="a test", at=timezone.now())
    assert code_of(system.get("Task")) == "login"


# What is given


def test_what_it_can_do_is_told_to_everybody() -> None:
    answer = valid(Browser().get("/fhir/R4/metadata"))
    assert answer.status_code == 200
    assert json.loads(answer.content)["fhirVersion"] == "4.0.1"


def test_an_introduction_is_given_with_what_was_said_and_no_more() -> None:
    referral = sent()
    system = System(referral.organization)
    one = task(system, referral.pk)
    assert (one["status"], one["intent"]) == ("requested", "order")
    patient = json.loads(system.get(one["for"]["reference"]).content)
    assert [(name["use"], name["text"]) for name in patient["name"]] == [("usual", "Pat")]
    assert [(one["system"], one["value"]) for one in patient["telecom"]] == [("phone", "07700 900123")]
    assert not {"birthDate", "address", "identifier", "gender"} & set(patient)
    assert str(referral.person_id) not in json.dumps([one, patient])
    for kind in ("focus", "owner"):
        assert system.get(one[kind]["reference"]).status_code == 200
    request = json.loads(system.get(one["focus"]["reference"]).content)
    for reference in (request["performer"][0], request["supportingInfo"][0]):
        assert system.get(reference["reference"]).status_code == 200
    assert task(system, referral.pk)["status"] == "received"


def test_a_search_finds_what_changed_page_by_page_and_loses_none_that_moves_meanwhile() -> None:
    made = [sent(f"pat{number}", service=f"Choir {number}") for number in range(5)]
    system = System(made[0].organization)
    seen = []
    answer = system.get("Task", {"owner": f"Organization/{made[0].organization_id}", "_count": "2"})
    page = json.loads(answer.content)
    assert page["total"] == 5
    introducing.accept(made[0], by=None, through=Through.LINK, at=timezone.now())
    while True:
        seen += [(entry["resource"]["id"], entry["resource"]["status"]) for entry in page["entry"]]
        following = [link["url"] for link in page["link"] if link["relation"] == "next"]
        if not following:
            break
        page = json.loads(system.get(following[0].partition("testserver")[2]).content)
    assert {pk for pk, _status in seen} == {str(one.pk) for one in made}
    assert seen[-1] == (str(made[0].pk), "accepted")
    last = page["entry"][-1]["resource"]["meta"]["lastUpdated"]
    assert json.loads(system.get("Task", {"_lastUpdated": f"gt{last}"}).content)["total"] == 0
    assert json.loads(system.get("Task", {"_lastUpdated": f"ge{last}"}).content)["total"] == 1


def test_a_search_brings_everything_a_task_leads_to() -> None:
    referral = sent()
    bundle = json.loads(System(referral.organization).get("Task", {"_include": "*"}).content)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds == ["Task", "ServiceRequest", "Consent", "Patient", "Organization", "HealthcareService"]
    assert "07700 900123" in json.dumps(bundle)


# The walls


@pytest.mark.parametrize("kind", ["Task", "ServiceRequest", "Patient", "Consent"])
def test_another_organization_is_told_that_there_is_nothing(kind: str) -> None:
    referral = sent()
    stranger = System(persons.organization("Elsewhere"))
    assert stranger.get(f"{kind}/{referral.pk}").status_code == 404
    assert json.loads(stranger.get("Task").content)["total"] == 0
    assert stranger.get("Task", {"owner": f"Organization/{referral.organization_id}"}).status_code == 403
    body = {"resourceType": "Task", "id": str(referral.pk), "status": "accepted"}
    assert stranger.put(f"Task/{referral.pk}", body).status_code == 404


@pytest.mark.parametrize("end", ["introduction", "consent", "until"])
def test_what_was_said_is_gone_from_the_moment_it_is_stopped(end: str) -> None:
    referral = sent()
    system = System(referral.organization)
    before = task(system, referral.pk)
    account, consent = referral.person.account, referral.consent
    assert account
    assert consent
    now = timezone.now()
    if end == "introduction":
        introducing.withdraw(referral, by=account, at=now)
    elif end == "consent":
        withdraw_consent(consent, by=account, at=now)
    else:
        type(consent).objects.filter(pk=consent.pk).update(until=now)
    after = task(system, referral.pk)
    assert after["status"] == "cancelled"
    assert "Delete" in after["statusReason"]["text"]
    assert after["meta"]["lastUpdated"] > before["meta"]["lastUpdated"]
    assert json.loads(system.get(f"Consent/{referral.pk}").content)["status"] == "inactive"
    everything = system.get("Task", {"_include": "*"}).content.decode()
    assert "07700 900123" not in everything
    assert '"Pat"' not in everything
    body = {"resourceType": "Task", "id": str(referral.pk), "status": "accepted"}
    assert system.put(f"Task/{referral.pk}", body).status_code == 422


def rows(client: Client | None, table: str) -> int:
    at = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
        if client is not None:
            cursor.execute(
                "SELECT set_config('livingwell.exchange', %s, true), set_config('livingwell.at', %s, true)",
                [str(client.pk), at.isoformat()],
            )
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own table
        found = int(cursor.fetchone()[0])
        cursor.execute("RESET ROLE")
        return found


def test_plain_sql_shows_a_system_the_introductions_to_its_organization_and_nothing_else() -> None:
    referral = sent()
    introductions.draft(referral.person, introductions.choir("Not sent"))
    persons.shared(referral.person, Part.STORY, organization=referral.organization)
    sent("olive", to="Elsewhere", service="Other choir")
    own, nobody = System(referral.organization).client, System(persons.organization("Nobody")).client
    tables = [
        table
        for table in connection.introspection.table_names()
        if table.partition("_")[0] in {"consent", "plans", "circles", "steps", "linkwork", "referrals"}
    ]
    seen = {table: rows(own, table) for table in tables}
    assert {table for table, number in seen.items() if number} == {
        "referrals_referral",
        "referrals_said",
        "referrals_move",
        "consent_consent",
    }
    assert (seen["referrals_referral"], seen["referrals_said"], seen["consent_consent"]) == (1, 2, 1)
    for client in (nobody, None):
        assert not any(rows(client, table) for table in seen)
    actions.end(own, by="a test", at=timezone.now())
    assert not any(rows(own, table) for table in seen)


def test_a_system_writes_nothing_but_answers() -> None:
    referral = sent()
    other = sent("olive", to="Elsewhere", service="Other choir")
    client = System(referral.organization).client
    with asking(client, at=timezone.now()):
        assert Referral.objects.filter(pk=other.pk).update(status="accepted") == 0
        assert Said.objects.filter(referral=referral).delete()[0] == 0
    assert Said.objects.filter(referral=referral).count() == 2


# Answers


@pytest.mark.parametrize(
    ("status", "ours"),
    [
        ("accepted", Status.ACCEPTED),
        ("in-progress", Status.ACCEPTED),
        ("completed", Status.MET),
        ("rejected", Status.DECLINED),
        ("failed", Status.DECLINED),
    ],
)
def test_a_status_that_is_put_moves_the_introduction_and_is_read_back(status: str, ours: Status) -> None:
    referral = sent()
    system = System(referral.organization)
    one = task(system, referral.pk)
    one["status"] = status
    if status in {"rejected", "failed"}:
        one["statusReason"] = {"text": "We sing only in winter"}
    answer = system.put(f"Task/{referral.pk}", one)
    assert answer.status_code == 200
    assert json.loads(answer.content)["status"] == status
    referral.refresh_from_db()
    assert referral.status == ours
    assert Move.objects.filter(referral=referral, through="exchange", moved_by=None).exists()
    again = system.put(f"Task/{referral.pk}", json.loads(answer.content))
    assert again.headers["ETag"] == answer.headers["ETag"]


def wait_of(one: dict[str, Any]) -> list[Any]:
    return [output["valueDuration"]["value"] for output in one.get("output", []) if "valueDuration" in output]


def test_a_yes_with_a_wait_is_on_hold_with_the_weeks_until_they_are_in_touch() -> None:
    referral = sent()
    system = System(referral.organization)
    one = task(system, referral.pk) | {
        "status": "on-hold",
        "output": [WAIT | {"valueDuration": {"value": 6, "code": "wk"}}],
    }
    read = json.loads(system.put(f"Task/{referral.pk}", one).content)
    referral.refresh_from_db()
    assert (referral.status, referral.wait_weeks) == (Status.ACCEPTED, 6)
    assert (read["status"], wait_of(read)) == ("on-hold", [6])
    assert "6 weeks" in read["statusReason"]["text"]
    read["output"][0]["valueDuration"]["value"] = 9
    again = json.loads(system.put(f"Task/{referral.pk}", read).content)
    assert wait_of(again) == [9]
    done = system.put(f"Task/{referral.pk}", again | {"status": "in-progress"})
    assert (json.loads(done.content)["status"], wait_of(json.loads(done.content))) == ("in-progress", [])


def test_a_wait_that_was_named_by_the_link_is_on_hold_too() -> None:
    referral = sent()
    introducing.wait(referral, 3, by=None, through=Through.LINK, at=timezone.now())
    one = task(System(referral.organization), referral.pk)
    assert (one["status"], wait_of(one)) == ("on-hold", [3])


def test_a_no_keeps_its_reason_and_what_is_offered_instead() -> None:
    referral = sent()
    system = System(referral.organization)
    one = task(system, referral.pk)
    base = "http://testserver/fhir/R4/CodeSystem"
    one |= {
        "status": "rejected",
        "statusReason": {"coding": [{"system": f"{base}/reason", "code": "full"}]},
        "output": [
            {
                "type": {"coding": [{"system": f"{base}/offered-instead", "code": "offered-instead"}]},
                "valueString": "The Tuesday group",
            }
        ],
    }
    read = json.loads(system.put(f"Task/{referral.pk}", one).content)
    referral.refresh_from_db()
    assert (referral.because, referral.instead) == (Because.FULL, "The Tuesday group")
    assert read["output"] == one["output"]
    assert read["statusReason"]["coding"][0]["code"] == "full"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "rejected"}, "required"),
        ({"status": "failed"}, "required"),
        ({"status": "rejected", "statusReason": {"text": " "}}, "value"),
        ({"status": "rejected", "statusReason": {}}, "required"),
        ({"status": "on-hold"}, "required"),
        ({"status": "on-hold", "output": [WAIT | {"valueDuration": {"value": 0, "code": "wk"}}]}, "value"),
        ({"status": "on-hold", "output": [WAIT | {"valueDuration": {"value": 3, "code": "mo"}}]}, "value"),
        ({"status": "on-hold", "output": [WAIT | {"valueDuration": {"value": 3}}]}, "required"),
        ({"status": "on-hold", "output": [WAIT]}, "required"),
        ({"status": "cancelled"}, "business-rule"),
        ({"status": "glad"}, "code-invalid"),
        ({"status": 7}, "value"),
        ({"status": "accepted", "for": {"reference": "Patient/1"}}, "business-rule"),
        ({"status": "accepted", "owner": []}, "value"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_precisely(change: dict[str, Any], code: str) -> None:
    referral = sent()
    system = System(referral.organization)
    answer = system.put(f"Task/{referral.pk}", {**task(system, referral.pk), **change})
    assert (answer.status_code, code_of(answer)) == (422, code)
    assert json.loads(answer.content)["issue"][0]["expression"][0].startswith("Task.")
    referral.refresh_from_db()
    assert referral.status == Status.SENT


def test_after_a_no_nothing_is_put() -> None:
    referral = sent()
    introducing.decline(referral, Because.FULL, by=None, through=Through.LINK, at=timezone.now())
    system = System(referral.organization)
    answer = system.put(
        f"Task/{referral.pk}", {"resourceType": "Task", "id": str(referral.pk), "status": "accepted"}
    )
    assert (answer.status_code, code_of(answer)) == (422, "business-rule")


def test_an_answer_to_an_old_version_is_not_taken() -> None:
    referral = sent()
    system = System(referral.organization)
    old = system.get(f"Task/{referral.pk}")
    body = {"resourceType": "Task", "id": str(referral.pk), "status": "accepted"}
    first = system.put(f"Task/{referral.pk}", body, headers={"If-Match": old.headers["ETag"]})
    assert first.status_code == 200
    body["status"] = "completed"
    late = system.put(f"Task/{referral.pk}", body, headers={"If-Match": old.headers["ETag"]})
    assert (late.status_code, code_of(late)) == (412, "conflict")
    same = system.get(f"Task/{referral.pk}", headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304


# What is not done


def test_each_wrong_request_is_answered_with_an_outcome() -> None:
    referral = sent()
    system = System(referral.organization)
    path = f"Task/{referral.pk}"
    wrong = [
        (system.get("Nothing"), 404, "not-found"),
        (system.get("Task/x"), 404, "not-found"),
        (system.get(""), 404, "not-found"),
        (system.get("Task/1/2/3"), 404, "not-found"),
        (system.get("Task", headers={"Accept": "text/html"}), 406, "not-supported"),
        (system.get("Task", {"_format": "xml"}), 406, "not-supported"),
        (system.get("Task", {"colour": "red"}), 400, "not-supported"),
        (system.get("Task", {"_lastUpdated": "yesterday"}), 400, "value"),
        (system.get("Task", {"_lastUpdated": "gt2026-02-31"}), 400, "value"),
        (system.get("Task", {"_after": "x|y"}), 400, "value"),
        (system.get("Task", {"_count": "-1"}), 400, "value"),
        (system.put(path, "{", "application/xml"), 415, "not-supported"),
        (system.put(path, "{"), 400, "structure"),
        (system.put(path, b"\xff\xfe"), 400, "structure"),
        (system.put(path, "[]"), 400, "structure"),
        (system.put(path, {"resourceType": "Patient", "id": "x"}), 400, "invalid"),
        (system.put(path, "x" * 300_000), 413, "too-long"),
        (system.put(f"Patient/{referral.pk}", {}), 405, "not-supported"),
        (valid(Browser().get("/fhir/R4/Task")), 401, "login"),
        (valid(Browser().get("/fhir/R4/Task", headers={"Authorization": "Bearer x:y"})), 401, "login"),
        (valid(Browser().delete("/fhir/R4/metadata")), 405, "not-supported"),
    ]
    for answer, status, code in wrong:
        assert (answer.status_code, code_of(answer)) == (status, code), answer.request["PATH_INFO"]


def test_what_breaks_on_our_side_is_an_outcome_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise RuntimeError

    system = System(persons.organization())
    monkeypatch.setattr(actions, "settle_all", broken)
    answer = system.get("Task")
    assert (answer.status_code, code_of(answer)) == (500, "exception")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
PARTS_OF_A_TASK = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["accepted", "rejected", "failed", "completed", "received"]) | ANYTHING,
        "statusReason": st.fixed_dictionaries({}, optional={"text": ANYTHING, "coding": ANYTHING}) | ANYTHING,
        "output": st.lists(st.fixed_dictionaries({}, optional={"type": ANYTHING}), max_size=2) | ANYTHING,
        "for": ANYTHING,
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARTS_OF_A_TASK, st.binary(min_size=1, max_size=40))
def test_whatever_is_put_it_is_never_our_mistake(parts: dict[str, Any], noise: bytes) -> None:
    with transaction.atomic():
        referral = sent()
        system = System(referral.organization)
        whole = {"resourceType": "Task", "id": str(referral.pk), **parts}
        assert system.put(f"Task/{referral.pk}", whole).status_code < 500
        assert system.put(f"Task/{referral.pk}", noise).status_code in {400, 422}
        transaction.set_rollback(True)
