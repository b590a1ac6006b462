"""The application that a web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.config.settings")
application = get_wsgi_application()

# Read the vocabulary and the rules before the first person comes, not while they wait.
from livingwell.themes import danger, story  # noqa: E402 - after the settings

story.read("")
danger.look("")
