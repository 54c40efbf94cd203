"""CODEOWNERS: who a forge asks before a change is merged, written from the catalogue so that the two never differ.

GitHub, GitLab and Gitea read this file at the root of a repository; the last line that fits a path counts. What no
department owns, the machine of the portal above all, belongs to the owners that catalog/portal.yml names (REV-8).
"""

from __future__ import annotations

from portal.model import Catalogue

FILE = "CODEOWNERS"
HEAD = """\
# 谁来审阅改动。由 catalog/ 中的 owners 生成，请勿手改：.venv/bin/python build.py owners
# Who reviews a change. Made from `owners` in catalog/; do not edit: .venv/bin/python build.py owners
"""


def code_owners(catalogue: Catalogue) -> str:
    """The file's text. A department without owners of its own is left to the portal's; without any, all lines are."""
    lines = [("*", catalogue.portal.owners)]
    for department in sorted(catalogue.departments, key=lambda one: one.id):
        lines += [(f"/{folder}/{department.id}/", department.owners) for folder in ("catalog", "datasets")]
    return HEAD + "".join(f"{pattern} {' '.join(owners)}\n" for pattern, owners in lines if owners)
