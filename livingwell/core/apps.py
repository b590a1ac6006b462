"""The app that every other stands on: it sees to it that translations are compiled before anything is said."""

from django.apps import AppConfig

from livingwell.core import catalogues


class CoreConfig(AppConfig):
    name = "livingwell.core"

    def ready(self) -> None:
        catalogues.compile_stale()
