"""The city of the page tests with topics, an emergency that lasts, one that is over, and a level below the city."""

from __future__ import annotations

from pathlib import Path

from portal.counts.inputs import NO_INPUTS, Inputs
from portal.exports.figures import write_figures
from portal.model import Catalogue, Portal
from portal.profile import load_profile
from portal.registers import Topic
from portal.render import Rendered, RenderInput, build_shell, render_site
from portal.settings import CODE
from tests.rendering.city import TODAY, catalogue, facts

TOPICS = (
    {
        "id": "outings",
        "title": "游园",
        "title_en": "Outings",
        "summary": "公园和绿地。",
        "icon": "tree",
        "datasets": ["plain"],
        "keywords": ["公园"],
        "aliases": ["trips", "storm"],
    },
    {"id": "empty", "title": "滑雪", "summary": "滑雪场和雪道。", "keywords": ["滑雪场"]},
    {
        "id": "drill",
        "title": "演练（示范）",
        "summary": "一次演练。",
        "kind": "emergency",
        "event": "accident",
        "datasets": ["overdue"],
        "since": "2026-10-01",
        "until": "2026-10-03",
        "fast_lane": "并联办理，安全审查照做",
        "renewed": "每天",
        "reviewed": {"date": "2026-10-09", "by": "市数据局（示范）", "result": "全部继续开放"},
    },
    {
        "id": "storm",
        "title": "台风应急（示范）",
        "title_en": "Typhoon (demonstration)",
        "summary": "台风期间需要的数据。",
        "kind": "emergency",
        "event": "disaster",
        "datasets": ["everything"],
        "since": "2026-11-20",
        "fast_lane": "并联办理，安全审查照做",
        "renewed": "每 2 小时",
        "news": [
            {"at": "2026-11-20 09:30", "text": "示范：开放避难场所。"},
            {"at": "2026-11-21 08:00", "text": "示范：更新积水点。"},
        ],
    },
)


def known_city() -> Catalogue:
    """The catalogue of the city."""
    plain = catalogue()
    portal = plain.portal.model_dump()
    portal["jurisdictions"] = [*portal["jurisdictions"], {"name": "小县", "authority": "小县数据局"}]
    changed = {"plain": {"jurisdiction": "小县"}, "long-title": {"title": f"小城{plain_title(plain)}"}}
    return plain.model_copy(
        update={
            "portal": Portal.model_validate(portal),
            "topics": tuple(Topic.model_validate(one) for one in TOPICS),
            "datasets": tuple(one.model_copy(update=changed.get(one.id, {})) for one in plain.datasets),
        }
    )


def plain_title(known: Catalogue) -> str:
    """The long title without the city before it."""
    return next(one.title for one in known.datasets if one.id == "long-title")


def finding_city(target: Path, cache: Path, *, inputs: Inputs = NO_INPUTS, known: Catalogue | None = None) -> Rendered:
    """Render the city, or another one, below `target`."""
    known = known or known_city()
    target.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    source = RenderInput(
        catalogue=known,
        profile=load_profile("suzhou"),
        facts={one.id: facts(one) for one in known.datasets if one.is_open},
        today=TODAY,
        release="20261122-1",
        inputs=inputs,
    )
    write_figures(source.counts.all(), target, release=source.release, today=TODAY)
    return render_site(source, build_shell(CODE / "site_src", cache), site_src=CODE / "site_src", target=target)
