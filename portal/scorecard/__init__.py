"""How the portal does by the measures that others judge it with, computed from the release itself.

`dwbp` are the 35 practices of W3C's Data on the Web Best Practices, `opendata` the first-level indicators of the
开放数林 index that could be verified (yes or no, no points: its weights are not public in full), MQA comes from
portal/mqa.py. Each line names the pages and files that earn it; a line whose page is not in the release is a 否.
"""

from __future__ import annotations

import json

from portal.mqa import MqaScore
from portal.scorecard.dwbp import PRACTICES
from portal.scorecard.ground import Ground
from portal.scorecard.opendata import INDICATORS
from portal.scorecard.shape import Claim, Scale, Scorecard, Scored, Words

__all__ = ["Ground", "Scale", "Scorecard", "Scored", "score_portal", "scorecard_json"]

_DWBP = (
    "dwbp",
    Words("W3C《网上数据最佳实践》35 条", "W3C Data on the Web Best Practices, 35"),
    "https://www.w3.org/TR/dwbp/",
)
_INDEX = (
    "opendata",
    Words("开放数林指标（经核实的一级指标）", "Open Data Index of China (first-level indicators that were verified)"),
    "",
)


def score_portal(ground: Ground, mqa: MqaScore) -> Scorecard:
    """Judge a release. `ground.here` must know every file of it."""
    scales = (_scale(_DWBP, PRACTICES, ground), _scale(_INDEX, INDICATORS, ground))
    return Scorecard(mqa=mqa, scales=scales, day=ground.today.isoformat(), release=ground.release)


def _scale(about: tuple[str, Words, str], claims: tuple[Claim, ...], ground: Ground) -> Scale:
    key, title, source = about
    return Scale(key, title, source, tuple(_judge(claim, ground) for claim in claims))


def _judge(claim: Claim, ground: Ground) -> Scored:
    links = tuple(ground.filled(link) for link in claim.links)
    gone = tuple(link for link in links if not link or not ground.reachable(link))
    answer = claim.test(ground) if claim.test else (True, None)
    held, told = answer if isinstance(answer, tuple) else (answer, None)
    there = tuple(link for link in links if link and link not in gone)
    return Scored(claim.key, claim.title, claim.how, held and not gone, told, there, tuple(one for one in gone if one))


def scorecard_json(card: Scorecard, site: str) -> str:
    """/about/score.json: the same for machines; `site` is the portal's address without a slash at its end."""
    document = {
        "as_of": card.day,
        "release": card.release,
        "mqa": card.mqa.model_dump(mode="json"),
        **{scale.key: _scale_tree(scale, site) for scale in card.scales},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _scale_tree(scale: Scale, site: str) -> dict[str, object]:
    lines = [
        {
            "key": line.key,
            "title": line.title.zh,
            "title_en": line.title.en,
            "how": line.how.zh,
            "how_en": line.how.en,
            "yes": line.yes,
            **({"found": line.told.zh, "found_en": line.told.en} if line.told else {}),
            "links": [site + link for link in line.links],
            "missing": [site + link for link in line.missing],
        }
        for line in scale.lines
    ]
    return {
        "title": scale.title.zh,
        "title_en": scale.title.en,
        "yes": scale.yes,
        "of": len(scale.lines),
        "lines": lines,
    }
