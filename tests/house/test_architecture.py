"""House rules that a machine can hold: sizes, docstrings, nothing taken from the air, nothing foreign."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = Path(__file__).parents[2]
MODULES = sorted(path for path in (CODE / "portal").rglob("*.py") if "migrations" not in path.parts)
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MOST_ARGUMENTS = 7

# The surroundings are asked in one place each: settings for the build, its own for each process that serves.
MAY_ASK = {
    "portal/settings.py",
    "portal/service/surroundings.py",
}
ASKING = re.compile(r"\b(os\.environ|os\.getenv|datetime\.now|datetime\.utcnow|date\.today|Path\.cwd|time\.time)\(?")
# Django takes its settings from the environment: the desk and the server fill it in, and read nothing of it.
HANDING_ON = re.compile(r"environ: Mapping|os\.environ\[\"KAISHU_[A-Z]+\"\] = |os\.environ\.setdefault\(\"DJANGO_")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_files_and_functions_are_small_and_say_what_they_do(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= LONGEST_FILE
    assert not text.strip() or ast.get_docstring(tree)
    for node in functions(path):
        assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name
        assert len(node.args.args) + len(node.args.kwonlyargs) <= MOST_ARGUMENTS + 1, node.name
        assert node.returns is not None or node.name == "__init__", node.name
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_nothing_is_taken_from_the_air() -> None:
    found = [
        f"{path.relative_to(CODE)}:{number}"
        for path in MODULES
        if path.relative_to(CODE).as_posix() not in MAY_ASK
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if ASKING.search(line.split("#")[0]) and not HANDING_ON.search(line)
    ]
    assert found == []


def test_no_city_is_named_in_code_or_templates() -> None:
    """PRO-5: the city's name comes from catalog/portal.yml, its rules from its profile."""
    cities = re.compile("苏州|无锡|上海|双鸭山")
    sources = [*MODULES, *(CODE / "site_src" / "templates").rglob("*.html"), *(CODE / "portal").rglob("*.html")]
    # A help text may show what an entry of a city looks like; a docstring may cite the article of a rule.
    allowed = {"portal/model.py", "portal/records.py", "portal/tableschema.py", "portal/editor.py"}
    found = []
    for path in sources:
        name = path.relative_to(CODE).as_posix()
        if name in allowed:
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".py":
            text = _without_docstrings(text)
        found += [f"{name}: {match.group()}" for match in cities.finditer(re.sub(r"#.*", "", text))]
    assert found == []


def _without_docstrings(text: str) -> str:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def test_lock_files_pin_with_hashes_and_name_no_index() -> None:
    for path in sorted((CODE / "requirements").glob("*.txt")):
        text = path.read_text("utf-8")
        assert "://" not in text
        packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert packages
        assert all("==" in line for line in packages)
        assert text.count("--hash=sha256:") >= len(packages)


def test_every_dependency_says_why() -> None:
    block = False
    for line in (CODE / "pyproject.toml").read_text("utf-8").splitlines():
        if re.match(r"(dependencies|test|bench) = \[", line):
            block = True
        elif block and line.startswith("]"):
            block = False
        elif block:
            assert re.search(r'",\s+# \S.{10,}', line), line


def test_nothing_generated_is_in_git() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=CODE, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    assert [path for path in tracked if path.startswith(("_build/", "var/", ".venv/")) or path.endswith(".pyc")] == []
