"""Events can be added, never changed or deleted: the database itself refuses (service.md §2.4)."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON service_event BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON service_event BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)
POSTGRESQL = (
    """CREATE FUNCTION service_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON service_event
       FOR EACH ROW EXECUTE FUNCTION service_append_only()""",
    """CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON service_event
       FOR EACH STATEMENT EXECUTE FUNCTION service_append_only()""",
)


def add_triggers(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Those of the database in use."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """There is no way back: dropping the triggers is a deed that a person should do by hand."""

    dependencies: ClassVar = [("service", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(add_triggers)]
