"""Words for what programs read: feeds and lists."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "changes_feed": ("数据变更", "Changes"),
    "new_feed": ("新开放的数据", "New data"),
    "duty_list": ("公共数据开放责任清单", "Opening responsibility list"),
}
