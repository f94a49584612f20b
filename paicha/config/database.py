"""Making the tables: by the site itself where the database is embedded, by their owner where it is PostgreSQL."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from paicha.tenancy.postgres import grant_to_application


def migrate_embedded() -> None:
    """Bring an SQLite database up to date; nothing to do for PostgreSQL, whose tables the site does not own."""
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)


def migrate_all() -> None:
    """Bring the database up to date, as the tables' owner, and let the site's role use them."""
    if "owner" not in settings.DATABASES:
        call_command("migrate", verbosity=0)
        return
    call_command("migrate", database="owner", verbosity=0)
    grant_to_application(str(settings.DATABASES["default"]["USER"]), connections["owner"])


def pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
