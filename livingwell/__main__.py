"""The way in for every command: see that there is a database, then hand over to Django."""

import os
import sys

from livingwell.config import database

WITHOUT_DATABASE = {"makemessages", "compilemessages", "collectstatic", "help", "--help", "version"}


def main() -> int:
    """Run one management command; a problem with the database is one clear sentence, not a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.config.settings")
    os.environ["LIVINGWELL_NO_POOL"] = "1"  # one command needs one connection
    if not WITHOUT_DATABASE & set(sys.argv[1:2]):
        try:
            database.ensure()
        except database.NoDatabase as error:
            sys.stderr.write(f"{error}\n")
            return 1
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lw manage", *sys.argv[1:]])
    return 0


if __name__ == "__main__":
    sys.exit(main())
