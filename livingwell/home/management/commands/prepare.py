"""Make the database ready for use: tables up to date; in a demonstration the Lambeth content and people too."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


class Command(BaseCommand):
    help = "Bring the database up to date; in a demonstration also load the Lambeth content. Safe to repeat."

    def handle(self, **options: object) -> None:
        try:
            executor = MigrationExecutor(connection)
        except OperationalError as error:
            raise CommandError(
                f"The database does not answer ({str(error).splitlines()[0]}). Is it running?"
            ) from error
        known = set(executor.loader.disk_migrations)
        ours = {app for app, _name in known}
        applied = MigrationRecorder(connection).applied_migrations()
        ahead = sorted(key for key in applied if key[0] in ours and key not in known)
        if ahead:
            raise CommandError(
                "This database was made by a newer version of the project "
                f"(it knows {ahead[0][0]} {ahead[0][1]}). Update the project, or use another database."
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
            if ("directory", "0001_initial") in applied:
                call_command("refresh_listings", verbosity=0)  # what is derived may have got new columns
        if settings.DEMONSTRATION:
            call_command("load_demonstration", verbosity=0, stdout=self.stdout)
            call_command("show_pages", verbosity=0, stdout=self.stdout)
