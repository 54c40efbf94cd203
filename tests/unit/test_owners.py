"""CODEOWNERS from the catalogue."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portal.catalogue import read_catalogue
from portal.owners import code_owners
from portal.settings import CODE
from tests.catalogues import make_catalogue, settings_for

RULES = ["/catalog/ylj/ @town/parks @lin", "/datasets/ylj/ @town/parks @lin"]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def owned(root: Path) -> Path:
    for path, owners in (("portal.yml", "['@town/portal']"), ("ylj/department.yml", "['@town/parks', '@lin']")):
        file = root / "catalog" / path
        file.write_text(f"{file.read_text('utf-8')}owners: {owners}\n", "utf-8")
    return root


def test_departments_own_their_folders_and_the_portal_the_rest(tmp_path: Path) -> None:
    root = owned(make_catalogue(tmp_path))
    assert lines(code_owners(read_catalogue(settings_for(root)).catalogue)) == ["* @town/portal", *RULES]


def test_without_owners_nobody_is_named(tmp_path: Path) -> None:
    assert lines(code_owners(read_catalogue(settings_for(make_catalogue(tmp_path))).catalogue)) == []


@pytest.mark.parametrize("account", ["lin", "@a b", "@a\\n* @thief", "a@example.org"])
def test_an_account_can_not_smuggle_a_line(account: str, tmp_path: Path) -> None:
    root = make_catalogue(tmp_path)
    file = root / "catalog" / "ylj" / "department.yml"
    file.write_text(f'{file.read_text("utf-8")}owners: ["{account}"]\n', "utf-8")
    reading = read_catalogue(settings_for(root))
    assert [problem.rule for problem in reading.problems] == ["wrong-pattern"]


def test_the_command_writes_what_the_gate_asks_for(tmp_path: Path) -> None:
    root = owned(make_catalogue(tmp_path))

    def build(verb: str) -> str:
        command = [sys.executable, str(CODE / "build.py"), verb, "--root", str(root), "--now", "2026-11-22"]
        return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False).stdout

    assert "[owners-outdated]" not in build("check")  # a city without a forge needs no such file
    (root / "CODEOWNERS").write_text("* @somebody-else\n", "utf-8")
    assert "[owners-outdated]" in build("check")
    build("owners")
    assert lines((root / "CODEOWNERS").read_text("utf-8")) == ["* @town/portal", *RULES]
    assert "[owners-outdated]" not in build("check")


def test_the_portals_own_file_is_current() -> None:
    wanted = code_owners(read_catalogue(settings_for(CODE)).catalogue)
    assert (CODE / "CODEOWNERS").read_text("utf-8") == wanted
