"""Everything that only PostgreSQL has: row-level security, the grants of the application's role, COPY.

Two roles: the owner (`PAICHA_OWNER_DATABASE_URL`) makes and migrates the tables; the application's (`DATABASE_URL`)
owns none of them and cannot by-pass their policies.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SETTING = "paicha.committee"


def set_committee(committee_id: UUID) -> None:
    """Show this transaction the rows of one committee; what it set ends with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, str(committee_id)])


class ScopeTables(Operation):
    """In a migration: lets a session see and write, of these tables, only rows of the committee it works for. A session
    that works for none sees nothing. Nothing to do on another database."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No change of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for table in self.tables:
            name = schema_editor.quote_name(table)
            mine = f"committee_id = nullif(current_setting('{SETTING}', true), '')::uuid"
            schema_editor.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
            schema_editor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
            schema_editor.execute(f"CREATE POLICY committee ON {name} USING ({mine}) WITH CHECK ({mine})")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for table in self.tables:
            name = schema_editor.quote_name(table)
            schema_editor.execute(f"DROP POLICY committee ON {name}")
            schema_editor.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
            schema_editor.execute(f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return f"Row-level security of {', '.join(self.tables)}"


def grant_to_application(role: str, using: Any) -> None:
    """As the owner, let the application's role read and write the tables, and nothing else. `using`: the owner's
    connection."""
    quoted = using.ops.quote_name(role)
    with using.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], same: Mapping[str, Any]) -> None:
    """COPY rows into a table: how a hundred thousand of them come in within seconds. `same`: columns that are alike in
    all rows.

    PostgreSQL refuses COPY into a table with row-level security, so that the rows go into a passing table of the same
    shape first and from there, checked by the policy, into their own."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    alike = "".join(f", {quote(column)}" for column in same)
    passing = quote(f"incoming_{table}")
    with connection.cursor() as cursor:
        shape = f"SELECT {names} FROM {quote(table)} WITH NO DATA"  # noqa: S608  names of our own models
        cursor.execute(f"CREATE TEMPORARY TABLE {passing} AS {shape}")
        with cursor.copy(f"COPY {passing} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        marks = ", %s" * len(same)
        into = f"INSERT INTO {quote(table)} ({names}{alike}) SELECT {names}{marks} FROM {passing}"  # noqa: S608  as above
        cursor.execute(into, list(same.values()))
        cursor.execute(f"DROP TABLE {passing}")
