"""Five visitors of each kind of ticket and five of each gate, but fewer of both together."""

from pathlib import Path
from typing import Any

from tests.catalogues import ENTRY, write_entry


def lay(root: Path, name: str, title: str, column: str, values: list[str], **changes: Any) -> None:
    fields = [
        {"name": "编号", "title": "登记编号", "type": "string", "description": "两位数字，由园林局编定"},
        {"name": column, "title": column, "type": "string", "description": "入园登记时填写的内容"},
    ]
    files = [{"path": f"{name}.csv", "schema": {"primaryKey": "编号", "fields": fields}}]
    declared = [{"fields": [column], "about": "自然人"}]
    entry = {**ENTRY, "title": title, "title_en": name, "files": files, "aggregation": declared, **changes}
    rows = "".join(f"{number:02},{value}\n" for number, value in enumerate(values))
    (root / f"datasets/ylj/{name}.csv").write_text(f"编号,{column}\n{rows}", "utf-8")
    write_entry(root, "ylj", name, entry)


def make(root: Path) -> None:
    relation = {"to": "gates", "kind": "shared-key", "fields": {"编号": "编号"}, "note": "同一天、同一公园的登记"}
    lay(root, "tickets", "苏州市公园入园票种（2025年）", "票种", ["全票"] * 6 + ["半票"] * 6, relations=[relation])
    lay(root, "gates", "苏州市公园入口登记（2025年）", "入口", ["东门"] * 5 + ["西门"] * 7)
