"""What the tests need before anything else is read: a real PostgreSQL, and settings that are for tests."""

import os

from livingwell.config import database

os.environ["LIVINGWELL_ENVIRONMENT"] = "test"
database.ensure()
pytest_plugins = ["livingwell.people.tests.signing_in"]
