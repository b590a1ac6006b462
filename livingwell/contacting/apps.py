"""The app of messages to persons: it says which texts that come in are its."""

from django.apps import AppConfig


class ContactingConfig(AppConfig):
    name = "livingwell.contacting"
