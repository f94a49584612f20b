"""A database for one process of the suite, made by its owner and used by the site's role."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.conf import settings
from django.db import connections

from paicha.config.database import migrate_all


@contextmanager
def made_by_owner(name: str) -> Iterator[None]:
    """Make the database `name`, point both connections at it, migrate it; drop it in the end."""
    owner = settings.DATABASES["owner"]
    with psycopg.connect(host=owner["HOST"], user=owner["USER"], dbname=owner["NAME"], autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = settings.DATABASES[alias]["NAME"] = name
        migrate_all()
        # Tests that commit empty the tables after themselves, which the site itself may not do.
        role = settings.DATABASES["default"]["USER"]
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}")
            cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}")
        try:
            yield
        finally:
            for alias in ("default", "owner"):
                connections[alias].close()
            with suppress(psycopg.errors.InsufficientPrivilege):  # autovacuum is in it; the server goes anyway
                server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
