"""What is answered when something is not done: FHIR's OperationOutcome, precise about where and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that stands in the way: FHIR's code for its kind, words for a person, and where.

    `where` is FHIRPath; of what is no resource it is `http.` and the header or parameter.
    """

    code: str
    words: str
    where: str


class Problem(Exception):
    """A request that is not done, with the status of its answer and what stands in the way."""

    def __init__(self, status: int, *issues: Issue, headers: dict[str, str] | None = None) -> None:
        super().__init__(issues[0].words)
        self.status = status
        self.issues = issues
        self.headers = headers or {}


def outcome(*issues: Issue, severity: str = "error") -> dict[str, Any]:
    """The issues as an OperationOutcome."""
    return {
        "resourceType": "OperationOutcome",
        "issue": [
            {
                "severity": severity,
                "code": issue.code,
                "diagnostics": issue.words,
                "expression": [issue.where],
            }
            for issue in issues
        ],
    }
