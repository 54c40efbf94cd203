"""What the ways through the portal are called: the navigation and the foot of every page."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "use_data": ("用数据", "Use the data"),
    "follow": ("看进展", "Follow"),
}
