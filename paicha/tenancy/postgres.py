"""Everything that only PostgreSQL has: row-level security, the grants of the application's role, COPY.

Two roles: the owner (`PAICHA_OWNER_DATABASE_URL`) makes and migrates the tables; the application's (`DATABASE_URL`)
owns none of them and cannot by-pass their policies.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SETTING = "paicha.committee"
HELD, PLACES = 1, 1024  # of the advisory locks


def set_committee(committee_id: UUID) -> None:
    """Show this transaction the rows of one committee; what it set ends with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, str(committee_id)])


def hold(keys: Iterable[UUID], *, alone: bool) -> None:
    """Hold these keys until the transaction ends, with others who do so or `alone`. A key shares one of 1,024 places
    with others, so that thousands do not fill the server's table of locks; who shares one waits in vain for once."""
    places = sorted({int.from_bytes(key.bytes[-2:]) % PLACES for key in keys})
    held = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {held}({HELD}, place) FROM unnest(%s::int[]) AS place", [places])  # noqa: S608  our own


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


class Incoming(NamedTuple):
    """Rows for one table; `same` are columns that are alike in all of them."""

    table: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]
    same: Mapping[str, Any]


def copy_rows(incoming: Incoming) -> None:
    """COPY rows into a table: how a hundred thousand of them come in within seconds."""
    with connection.cursor() as cursor:
        _copy(cursor, incoming)
        _take_in(cursor, incoming)


def copy_parts(parts: Iterable[Sequence[Incoming]]) -> None:
    """COPY part after part, in one transaction. What a part's rows refer to is there already or in the same part.

    PostgreSQL works longer at a part than we do at making the next: a thread waits for it, so that both go on at once.
    The references are looked up part by part too; else all of them would be at the commit, while nobody else works."""
    with connection.cursor() as cursor, ThreadPoolExecutor(1) as waiter:
        under_way: Future[None] | None = None
        for part in parts:
            if under_way:
                under_way.result()
            for incoming in part:
                _copy(cursor, incoming)
            under_way = waiter.submit(_take_in_part, cursor, part)
        if under_way:
            under_way.result()


def _take_in_part(cursor: CursorWrapper, part: Sequence[Incoming]) -> None:
    for incoming in part:
        _take_in(cursor, incoming)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _copy(cursor: CursorWrapper, incoming: Incoming) -> None:
    """PostgreSQL refuses COPY into a table with row-level security: the rows go into a passing table of the same shape
    first and from there, checked by the policy, into their own (`_take_in`)."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, incoming.columns))
    passing = quote(f"incoming_{incoming.table}")
    shape = f"SELECT {names} FROM {quote(incoming.table)} WITH NO DATA"  # noqa: S608  names of our own models
    cursor.execute(f"CREATE TEMPORARY TABLE {passing} AS {shape}")
    with cursor.copy(f"COPY {passing} ({names}) FROM STDIN") as copy:
        for row in incoming.rows:
            copy.write_row(row)


def _take_in(cursor: CursorWrapper, incoming: Incoming) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, incoming.columns))
    alike = "".join(f", {quote(column)}" for column in incoming.same)
    passing = quote(f"incoming_{incoming.table}")
    chosen = f"SELECT {names}{', %s' * len(incoming.same)} FROM {passing}"  # noqa: S608  names of our own models
    cursor.execute(f"INSERT INTO {quote(incoming.table)} ({names}{alike}) {chosen}", list(incoming.same.values()))
    cursor.execute(f"DROP TABLE {passing}")
