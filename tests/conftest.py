"""The order of the tests: those that walk through the site in a browser come last."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)
    items.sort(key=lambda item: "journeys" in item.path.parts)
