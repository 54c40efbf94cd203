"""The forges' files: thin, safe, and all alike. What their commands do is tested beside, in a real repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.settings import CODE

WORKFLOWS = sorted([*CODE.glob(".github/workflows/*.yml"), *CODE.glob(".gitea/workflows/*.yml")])
KINDS = {"new.md", "update.md", "correct.md", "open-type.md", "withdraw.md"}


def steps_of(workflow: Path) -> list[dict[str, Any]]:
    read = yaml.load(workflow.read_text("utf-8"), Loader=yaml.BaseLoader)
    return [step for job in read["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=str)
def test_a_command_is_never_made_from_a_strangers_text(workflow: Path) -> None:
    """A title or a branch may hold shell code: it reaches a command through the environment only."""
    for step in steps_of(workflow):
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=str)
def test_code_of_others_is_pinned_and_rights_are_named(workflow: Path) -> None:
    for step in steps_of(workflow):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
    assert re.search(r"^permissions:$", workflow.read_text("utf-8"), re.MULTILINE)


def test_what_a_stranger_proposes_never_meets_a_right_to_write() -> None:
    gate = (CODE / ".github/workflows/gate.yml").read_text("utf-8")
    assert "write" not in re.sub(r"#.*", "", gate)
    assert "secrets." not in "".join(one.read_text("utf-8") for one in WORKFLOWS)
    comment = yaml.load((CODE / ".github/workflows/comment.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    checkout = next(step for step in comment["jobs"]["comment"]["steps"] if "checkout" in step.get("uses", ""))
    assert "ref" not in checkout["with"]  # the base branch's code, whatever was proposed


def test_every_forge_offers_the_same_templates() -> None:
    folders = [CODE / one for one in (".github/PULL_REQUEST_TEMPLATE", ".gitea/PULL_REQUEST_TEMPLATE")]
    for folder in (*folders, CODE / ".gitlab/merge_request_templates"):
        found = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
        assert set(found) == KINDS
        assert found == {name: (folders[0] / name).read_text("utf-8") for name in KINDS}
    starts = [".github/PULL_REQUEST_TEMPLATE.md", ".gitea/PULL_REQUEST_TEMPLATE.md"]
    texts = {(CODE / name).read_text("utf-8") for name in (*starts, ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md")}
    assert len(texts) == 1
    assert all(name.removesuffix(".md") in next(iter(texts)) for name in KINDS)
