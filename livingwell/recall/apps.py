"""The word that this app answers when it is texted to us."""

from django.apps import AppConfig


class RecallConfig(AppConfig):
    name = "livingwell.recall"

    def ready(self) -> None:
        from livingwell.messaging import keywords
        from livingwell.recall import actions

        keywords.when("WOBBLE", actions.wobble_by_text)
