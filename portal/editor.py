"""JSON Schema for editors: completes keys, shows help and examples, marks mistakes while a department types.

Generated from the same models that read the files. What YAML reads as a number or a day in an editor is text to the
portal's own reader, so that scalars are let through as either; the portal has the last word.

    python -m portal.editor        writes schemas/*.json again
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from portal.model import Dataset, Department, Domain, Portal, Release, SynonymGroup, Term, Tombstone
from portal.publications import RECORDS
from portal.registers import REGISTERS, register_path
from portal.settings import CODE
from portal.shape import Shape
from portal.workdays import CalendarFile

DRAFT = "http://json-schema.org/draft-07/schema#"  # what the YAML extension of the editors speaks
FROM_PLACE = ("id", "department")  # decided by the names of file and folder, never written
TELLING = {"plan": "items", "showcase": "maker", "violations": "measure"}
"""Folders of their own below catalog/ → the key that only their files have."""

Json = dict[str, Any]


def schemas() -> dict[str, Json]:
    """File name → JSON Schema; `folder.json` is for everything below catalog/<department>/."""
    return {
        "folder.json": _folder(),
        "portal.json": _schema(Portal),
        "calendar.json": _schema(CalendarFile),
        "domains.json": _schema(Domain, many=True),
        "glossary.json": _schema(Term, many=True),
        "synonyms.json": _schema(SynonymGroup, many=True),
        "tombstones.json": _schema(Tombstone, many=True),
        **{f"{Path(register_path(key)).stem}.json": _schema(one, many=True) for key, one in REGISTERS.items()},
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema; the same models give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_text(as_text(schema), "utf-8")
        written.append(path)
    return written


def as_text(schema: Json) -> str:
    """The bytes of a schema file."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _folder() -> Json:
    """Entries, departments, releases, plans, results and violations in one schema, told apart by what they hold.

    Editors match files by globs that can't exclude (extended globs are not supported by the YAML language server, a
    leading `!` only since September 2026), and two schemas for one file contradict each other.
    """
    entry, department = _schema(Dataset, without=FROM_PLACE), _schema(Department, without=("id",))
    releases = _schema(Release, many=True)
    published = {key: _schema(RECORDS[key], without=("id",)) for key in TELLING}
    parts = (entry, department, releases, *published.values())
    definitions = {name: one for part in parts for name, one in part.pop("definitions").items()}
    for part in parts:
        del part["$schema"]
    special = releases
    for key, telling in TELLING.items():
        special = {"if": {"type": "object", "required": [telling]}, "then": published[key], "else": special}
    of_its_own = [{"type": "array"}, *({"type": "object", "required": [telling]} for telling in TELLING.values())]
    choice: Json = {"if": {"required": ["name"]}, "then": department, "else": entry}
    return {
        "$schema": DRAFT,
        "definitions": definitions,
        "if": {"anyOf": of_its_own},
        "then": special,
        "else": choice,
    }


def _schema(model: type[Shape], *, without: tuple[str, ...] = (), many: bool = False) -> Json:
    kind: Any = tuple[model, ...] if many else model  # type: ignore[valid-type]
    schema: Json = TypeAdapter(kind).json_schema(by_alias=True, ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs", {})
    for key in without:
        schema["properties"].pop(key)
        schema["required"] = [name for name in schema["required"] if name != key]
    return {"$schema": DRAFT, **_eased(schema)}


def _eased(node: Any) -> Any:
    """As an editor needs it: text may look like a number or a day, a lone name may stand for a list of names."""
    if isinstance(node, list):
        return [_eased(item) for item in node]
    if not isinstance(node, dict):
        return node
    eased = {key: _eased(value) for key, value in node.items() if key not in ("default", "format", "properties")}
    if "properties" in node:  # its keys are names of fields, `format` among them
        eased["properties"] = {name: _eased(value) for name, value in node["properties"].items()}
    kind = node.get("type")
    if kind == "string" and "enum" not in node:
        eased["type"] = ["string", "number", "boolean"]
        if node.get("format") == "date":
            eased |= {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    elif kind == "object" and "properties" in node:
        eased.pop("title", None)  # the class's own name and words; the field that holds it speaks Chinese
        eased.pop("description", None)
    elif kind == "array" and _is_names(node):
        told = {key: eased.pop(key) for key in ("title", "description", "examples") if key in eased}
        return {**told, "anyOf": [{"type": ["string", "number"]}, eased]}
    return eased


def _is_names(node: Json) -> bool:
    """A list of bare names, where Table Schema takes one name as well (`primaryKey: 区划代码`)."""
    return node.get("title") in ("主键", "本表列", "目标列")


if __name__ == "__main__":
    write_schemas(CODE / "schemas")
