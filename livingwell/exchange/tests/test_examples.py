"""The published examples of UK Core and of Gravity, one by one: what becomes of each, by itself and in a referral."""

from __future__ import annotations

import json
from typing import Any

import pytest

from livingwell.consent.tests import make as persons
from livingwell.exchange.resources import SHAPES
from livingwell.exchange.tests.make import DATA, System
from livingwell.exchange.tests.sending import bundle, ready, reasons_of
from livingwell.referrals.models import Referral

pytestmark = pytest.mark.django_db
EXAMPLES = sorted(DATA.glob("*-examples/*.json"))


def refused(kind: str, example: dict[str, Any]) -> tuple[int, list[dict[str, Any]]]:
    answer = System(persons.organization()).post(kind, example)
    return answer.status_code, json.loads(answer.content)["issue"]


SENT, IGNORED = "sent", "sent, and nothing is read from it"
TABLE: dict[str, tuple[str, str | tuple[str, ...]]] = {
    "Consent-SDOHCC-ConsentInformationDisclosureExample": (
        "Consent",
        ("Consent.performer", "Consent.provision"),
    ),
    "Goal-SDOHCC-GoalFoodSecurityExample": ("Goal", IGNORED),
    "HealthcareService-SDOHCC-HealthcareServiceTelecomAppointmentExample": ("HealthcareService", IGNORED),
    "Organization-SDOHCC-OrganizationClinicExample": ("Organization", IGNORED),
    "Organization-SDOHCC-OrganizationCoordinationPlatformExample": ("Organization", IGNORED),
    "Organization-SDOHCC-OrganizationPayerExample": ("Organization", IGNORED),
    "RelatedPerson-SDOHCC-RelatedPersonMotherExample": ("RelatedPerson", IGNORED),
    "ServiceRequest-SDOHCC-ServiceRequestActiveFoodPantryApplicationAssistExample": (
        "ServiceRequest.contained",
        SENT,
    ),
    "ServiceRequest-SDOHCC-ServiceRequestSubreferralGardenProgramExample": (
        "ServiceRequest.contained",
        "ServiceRequest.status",
    ),
    "ServiceRequest-SDOHCC-ServiceRequestSubreferralSummerFoodProgramExample": (
        "ServiceRequest.contained",
        "ServiceRequest.status",
    ),
    "Task-SDOHCC-TaskPatientInformationRequestCompletedExample": ("Task", IGNORED),
    "Task-SDOHCC-TaskPatientMakeAppointmentCompletedExample": ("Task", IGNORED),
    "Task-SDOHCC-TaskPatientReviewInformationCompletedExample": ("Task", IGNORED),
    "Task-SDOHCC-TaskPatientRiskQuestionnaireCompletedExample": ("Task", IGNORED),
    "Task-SDOHCC-TaskReferralManagementOrderFulfillmentAcceptedExample": ("Task", IGNORED),
    "Task-SDOHCC-TaskReferralManagementOrderFulfillmentCompletedExample": ("Task", IGNORED),
    "Task-SDOHCC-TaskReferralManagementOrderSubtaskAcceptedExample": ("Task", IGNORED),
    "Task-SDOHCC-TaskReferralManagementOrderSubtaskCompletedExample": ("Task", IGNORED),
    "UKCore-CarePlan-WellnessPlan-Example": ("CarePlan", IGNORED),
    "UKCore-Consent-ForInformationAccess-Example": (
        "Consent",
        (
            "Consent.performer",
            "Consent.extension",
            "Consent.provision.type",
            "Consent.provision.actor",
            "Consent.provision.data",
            "Consent.provision.data",
            "Consent.provision.purpose",
        ),
    ),
    "UKCore-HealthcareService-OrthopaedicService-Example": ("HealthcareService", IGNORED),
    "UKCore-Organization-LeedsTeachingHospital-Example": ("Organization", IGNORED),
    "UKCore-Organization-WhiteRoseMedicalCentre-Example": ("Organization", IGNORED),
    "UKCore-Patient-BabyPatient-Example": ("Patient", SENT),
    "UKCore-Patient-RichardSmith-Example": ("Patient", SENT),
    "UKCore-Patient-Sn-Makaton-Example": ("Patient", SENT),
    "UKCore-Patient-Sn-MultipleLanguages-Example": ("Patient", SENT),
    "UKCore-Patient-Sn-Photo-Example": ("Patient", SENT),
    "UKCore-Patient-Sn-SingleLanguage-Example": ("Patient", SENT),
    "UKCore-PractitionerRole-GeneralPractitioner-Example": ("PractitionerRole", IGNORED),
    "UKCore-PractitionerRole-Sn-Organization-Code-Example": ("PractitionerRole", IGNORED),
    "UKCore-Provenance-RARecordConsent-Example": ("Provenance", IGNORED),
    "UKCore-RelatedPerson-JoySmith-Example": ("RelatedPerson", IGNORED),
    "UKCore-ServiceRequest-CTChestScan-Example": ("ServiceRequest.contained", SENT),
    "UKCore-ServiceRequest-ColonoscopyRequest-Example": ("ServiceRequest.contained", SENT),
    "UKCore-ServiceRequest-ECG-Example": ("ServiceRequest.contained", SENT),
    "UKCore-ServiceRequest-HipReplacement-Example": ("ServiceRequest.contained", SENT),
    "UKCore-ServiceRequest-Lab-CReactiveProtein-Example": ("ServiceRequest.contained", SENT),
    "UKCore-Task-Colonoscopy-Example": ("Task", IGNORED),
}
"""Of each example: where it is refused when it comes by itself as it was published; and what becomes of a whole
referral that holds it, with its references and its NHS number turned to ours: it goes, it is a draft for these reasons,
or it is refused at this place.
"""


def example(stem: str) -> dict[str, Any]:
    if not EXAMPLES:
        pytest.skip(f"There are no examples in {DATA}: set LIVINGWELL_SHARED.")
    path = next(path for path in EXAMPLES if path.stem == stem)
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def test_the_table_names_every_example() -> None:
    assert not EXAMPLES or sorted(TABLE) == sorted(path.stem for path in EXAMPLES)


@pytest.mark.parametrize("stem", TABLE)
def test_an_example_by_itself_is_refused_at_its_place(stem: str) -> None:
    one = example(stem)
    kind = one["resourceType"]
    status, issues = refused(kind, one)
    assert status == 422
    assert [issue["expression"] for issue in issues] == [[TABLE[stem][0]]]
    expected = (
        "required" if kind == "ServiceRequest" else "business-rule" if kind in SHAPES else "not-supported"
    )
    assert issues[0]["code"] == expected


def among(one: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """A whole referral with this example in it."""
    kind = one["resourceType"]
    if kind not in {"Patient", "ServiceRequest", "Consent"}:
        whole["entry"].append({"resource": one, "request": {"method": "POST", "url": kind}})
        return whole
    entry = next(each for each in whole["entry"] if each["resource"]["resourceType"] == kind)
    ours = entry["resource"]
    turned = {"ServiceRequest": ("subject", "performer", "identifier"), "Consent": ("patient",)}
    entry["resource"] = one | {name: ours[name] for name in turned.get(kind, ("identifier",))}
    entry["resource"]["id"] = ours.get("id", one["id"])
    return whole


@pytest.mark.parametrize("stem", TABLE)
def test_a_referral_with_an_example_in_it_goes_or_it_is_said_where_it_stops(stem: str) -> None:
    system, service = ready()
    answer = system.post("", among(example(stem), bundle(service)))
    made = json.loads(answer.content)
    expected = TABLE[stem][1]
    if answer.status_code == 422:
        assert made["issue"][0]["expression"] == [expected]
        assert not Referral.objects.exists()
        return
    assert answer.status_code == 200
    assert Referral.objects.get().status == ("sent" if expected in {SENT, IGNORED} else "draft")
    if expected == IGNORED:
        said = made["entry"][-1]["response"]["outcome"]["issue"][0]["diagnostics"]
        assert said.startswith("Ignored")
    elif expected != SENT:
        assert tuple(reasons_of(answer)) == expected


@pytest.mark.parametrize(
    "path",
    [path for path in EXAMPLES if path.stem.partition("-")[0] in SHAPES or path.stem.split("-")[1] in SHAPES],
    ids=lambda path: path.stem,
)
def test_an_example_without_what_it_needs_is_refused_for_each_thing_that_is_missing(path: Any) -> None:
    example = json.loads(path.read_text())
    kind = example["resourceType"]
    shape = SHAPES[kind]
    needed = [*(shape.codes or {}), *shape.objects, *shape.lists]
    for name in needed:
        broken = {key: value for key, value in example.items() if key != name}
        status, issues = refused(kind, broken)
        assert status == 422
        assert [(issue["code"], issue["expression"]) for issue in issues] == [
            ("required", [f"{kind}.{name}"])
        ]
    if shape.one_of:
        broken = {key: value for key, value in example.items() if key not in shape.one_of}
        assert refused(kind, broken)[1][0]["code"] == "required"


@pytest.mark.parametrize(
    ("kind", "body", "status", "code"),
    [
        ("Patient", {"resourceType": "Task"}, 400, "invalid"),
        ("Patient", {"resourceType": "Patient", "gender": "f"}, 422, "code-invalid"),
        ("Patient", {"resourceType": "Patient", "telecom": {}}, 422, "value"),
        ("Patient", {}, 400, "structure"),
    ],
)
def test_a_resource_that_is_not_as_fhir_says_is_refused_precisely(
    kind: str, body: object, status: int, code: str
) -> None:
    found, issues = refused(kind, body)  # type: ignore[arg-type]
    assert (found, issues[0]["code"]) == (status, code)
