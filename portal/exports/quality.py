"""/dataset/<id>/quality.json: the scores of a dataset and every reason, for machines (QLT-4)."""

from __future__ import annotations

import json

from portal import addresses
from portal.facts import DatasetFacts
from portal.model import Dataset
from portal.wording.quality import DIMENSIONS

QUALITY = "quality.json"


def quality_json(dataset: Dataset, facts: DatasetFacts, site: str) -> str:
    """The file of a dataset that was scored; `site` is the portal's address. Raises ValueError for another."""
    if facts.quality is None:
        raise ValueError(f"{dataset.id} has no score")
    told = facts.quality.model_dump(mode="json")
    for dimension in told["dimensions"]:
        zh, en = DIMENSIONS[dimension["name"]]
        dimension |= {"title": zh, "title_en": en}
    about = {
        "dataset": dataset.id,
        "url": site + addresses.dataset_page(dataset.id),
        "release": facts.release,
        "digest": facts.digest,
    }
    return json.dumps({**about, **told}, ensure_ascii=False, indent=1) + "\n"
