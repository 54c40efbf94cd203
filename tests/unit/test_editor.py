"""The schemas for editors are fresh, accept what the portal accepts, and mark what it refuses."""

from __future__ import annotations

import fnmatch
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from portal.editor import as_text, schemas, write_schemas
from portal.settings import CODE
from tests.catalogues import DEPARTMENT, ENTRY, changed

CITIES = [CODE, CODE / "tests" / "good"]


class _LikeAnEditor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers and true/false are no text, days and `off` are."""


_LikeAnEditor.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in rules if not tag.endswith((":timestamp", ":bool"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_LikeAnEditor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def keys_as_text(value: Any) -> Any:
    """JSON has no other keys."""
    if isinstance(value, dict):
        return {str(key): keys_as_text(item) for key, item in value.items()}
    return [keys_as_text(item) for item in value] if isinstance(value, list) else value


def errors(schema: str, value: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(schemas()[schema]).iter_errors(value)]


def mapping() -> dict[str, list[str]]:
    settings = json.loads((CODE / ".vscode" / "settings.json").read_text("utf-8"))
    return settings["yaml.schemas"]


def schema_of(path: str) -> list[str]:
    """The schemas that an editor uses for a file; `*` stays within one folder."""
    return [
        Path(schema).name
        for schema, globs in mapping().items()
        for glob in globs
        if fnmatch.fnmatchcase(f"/{path}", glob) and path.count("/") + 1 == glob.count("/")
    ]


def test_committed_schemas_are_fresh() -> None:
    for name, schema in schemas().items():
        assert (CODE / "schemas" / name).read_text("utf-8") == as_text(schema), f"run: python -m portal.editor ({name})"
    assert {path.name for path in (CODE / "schemas").glob("*.json")} == set(schemas())


def test_same_models_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_schemas(tmp_path / "a")]
    assert first == [path.read_bytes() for path in write_schemas(tmp_path / "b")]


@pytest.mark.parametrize("city", CITIES, ids=["demonstration", "good"])
def test_every_catalogue_file_has_one_schema_and_keeps_it(city: Path) -> None:
    files = sorted((city / "catalog").rglob("*.yml"))
    assert files
    for file in files:
        path = file.relative_to(city).as_posix()
        (name,) = schema_of(path)
        as_an_editor = keys_as_text(yaml.load(file.read_text("utf-8"), Loader=_LikeAnEditor) or [])
        assert errors(name, as_an_editor) == [], path


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"titel": "公园"}, "'titel' was unexpected"),
        ({"open_type": "open"}, "is not one of"),
        ({"data_date": "2025年"}, "does not match"),
        ({"title": None}, "'title' is a required property"),
        ({"id": "parks"}, "'id' was unexpected"),
        ({"licence": {"url": "https://example.org"}}, "'name' is a required property"),
    ],
)
def test_mistakes_are_marked(change: dict[str, Any], says: str) -> None:
    assert any(says in message for message in errors("folder.json", changed(ENTRY, change)))


def test_departments_and_releases_are_told_from_entries() -> None:
    assert errors("folder.json", DEPARTMENT) == []
    assert errors("folder.json", [{"release": "2025-12-31", "digest": "a" * 64, "files": {"a.csv": "b" * 64}}]) == []
    assert any("'title' was unexpected" in message for message in errors("folder.json", {**DEPARTMENT, "title": "x"}))


def test_a_field_shows_its_chinese_title_help_and_example() -> None:
    entry = schemas()["folder.json"]["else"]["else"]
    assert entry["properties"]["data_date"]["title"] == "数据日期"
    assert "不是上传日期" in entry["properties"]["data_date"]["description"]
    assert entry["properties"]["data_date"]["examples"] == ["2023-06-30"]
