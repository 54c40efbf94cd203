"""A table with two columns that describe people."""

from pathlib import Path

from tests.catalogues import ENTRY, write_entry

ROWS = "编号,性别,民族\n0001,男,汉族\n0002,女,回族\n"


def make(root: Path) -> None:
    fields = [
        {"name": "编号", "title": "登记编号", "type": "string", "description": "四位数字，由园林局编定"},
        {"name": "性别", "title": "性别", "type": "string", "description": "登记时填写，男或女"},
        {"name": "民族", "title": "民族", "type": "string", "description": "国家认定的民族名称"},
    ]
    files = [{"path": "staff.csv", "schema": {"primaryKey": "编号", "fields": fields}}]
    changes = {"title": "护林员登记编号（2025年）", "title_en": "Rangers", "files": files}
    (root / "datasets/ylj/staff.csv").write_text(ROWS, "utf-8")
    write_entry(root, "ylj", "staff", {**ENTRY, **changes})
