"""The words that this app answers when they are texted to us."""

from django.apps import AppConfig


class RecallConfig(AppConfig):
    name = "livingwell.recall"

    def ready(self) -> None:
        from livingwell.messaging import keywords
        from livingwell.recall import actions

        keywords.when("WOBBLE", actions.wobble_by_text)
        for word in ("1", "2", "3", "SKIP"):
            keywords.when(word, actions.answer_by_text)
