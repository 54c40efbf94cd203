"""The rules of `build.py new` and `build.py sheet`: each has a broken example with the command that is refused."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from build import parser
from portal.catalogue import read_catalogue
from portal.problems import CatalogueHasProblems, Lang
from portal.report import render
from portal.settings import CODE
from portal.wording.drafts import WORDING
from tests.catalogues import lay_example, settings_for
from tests.unit.test_bad_examples import DAY

BAD = CODE / "tests" / "bad"


def files_of(root: Path) -> dict[str, bytes]:
    kept = (path for path in sorted(root.rglob("*")) if path.is_file() and "_build" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in kept}


def told(folder: Path, root: Path, lang: Lang) -> str:
    """What the command of the example says, or what reading says where no command is refused."""
    lay_example(folder, root)
    settings = settings_for(root, now=DAY, lang=lang)
    command = folder / "command.txt"
    before = files_of(root)
    if not command.exists():
        problems = read_catalogue(settings).problems
    else:
        typed = shlex.split(command.read_text("utf-8"))
        words = parser().parse_args([str(root / word) if (root / word).exists() else word for word in typed])
        with pytest.raises(CatalogueHasProblems) as found:
            words.run(settings, words)
        problems = found.value.problems
    assert files_of(root) == before, "nothing is written when anything is wrong"
    return render(problems, "text", lang).replace(f"{root}/", "") + "\n"


@pytest.mark.parametrize("rule", sorted(WORDING))
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = told(BAD / rule, tmp_path / "city", "zh")
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")
    assert f"[{rule}]" in text


@pytest.mark.parametrize("rule", sorted(WORDING))
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    english = told(BAD / rule, tmp_path / "city", "en").splitlines()
    chinese = (BAD / rule / "expected.txt").read_text("utf-8").splitlines()
    assert len(english) == len(chinese)
    assert not [line for line in english if "None" in line or "{}" in line or "''" in line]
