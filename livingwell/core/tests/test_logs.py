import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from livingwell.core.logs import NoPersonalWords

SECRET = "a very private sentence"


def fails(request: HttpRequest) -> HttpResponse:
    story = SECRET
    raise ValueError(f"could not read {story}")


urlpatterns = [path("fails/", fails)]
handler500 = "livingwell.core.views.broken"


def test_a_failure_is_logged_by_kind_and_place_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(NoPersonalWords())
    try:
        fails(HttpRequest())
    except ValueError:
        logging.getLogger("livingwell").exception("Failed on %s", SECRET)

    (record,) = caplog.records
    assert SECRET not in caplog.text
    assert SECRET not in str(vars(record))
    assert "ValueError" in record.getMessage()
    assert "test_logs.py" in record.getMessage()


@pytest.mark.urls("livingwell.core.tests.test_logs")
def test_a_page_that_breaks_logs_nothing_of_what_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(NoPersonalWords())

    response = Client(raise_request_exception=False).post("/fails/", {"story": SECRET})

    assert response.status_code == 500
    assert b"116 123" in response.content
    assert caplog.records
    assert SECRET not in caplog.text
    assert not any(hasattr(record, "request") for record in caplog.records)
