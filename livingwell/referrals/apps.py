"""The app of introductions: it says which question, answered by text, is its."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "livingwell.referrals"

    def ready(self) -> None:
        from livingwell.contacting import asking
        from livingwell.contacting.models import About
        from livingwell.referrals import actions

        asking.when_answered(About.HELPED, actions.helped_by_text)
