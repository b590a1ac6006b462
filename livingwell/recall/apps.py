"""The words and the questions that this app answers when they are texted to us."""

from django.apps import AppConfig


class RecallConfig(AppConfig):
    name = "livingwell.recall"

    def ready(self) -> None:
        from livingwell.contacting import asking
        from livingwell.contacting.models import About
        from livingwell.messaging import keywords
        from livingwell.recall import actions, queries

        keywords.when("WOBBLE", actions.wobble_by_text)
        for word in ("1", "2", "3", "SKIP"):
            keywords.when(word, actions.answer_by_text)
        asking.answered_otherwise(About.CHECK_IN, queries.waits)
