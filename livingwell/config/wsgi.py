"""The application that a web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.config.settings")
os.environ.setdefault("LIVINGWELL_PROCESS", "web")
application = get_wsgi_application()

from livingwell.suggestions import warm  # noqa: E402 - after the settings

warm.up()

# What is here now stays: the collector need not look through it again, nor after every few objects of a page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000)
