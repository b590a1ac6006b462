"""The app of messages to persons: it says which texts that come in are its."""

from django.apps import AppConfig


class ContactingConfig(AppConfig):
    name = "livingwell.contacting"

    def ready(self) -> None:
        from livingwell.contacting import actions
        from livingwell.messaging import keywords

        for word, handler in (("HELP", actions.help_now), ("YES", actions.yes), ("NO", actions.no)):
            keywords.when(word, handler)
        keywords.otherwise(actions.anything_else)
