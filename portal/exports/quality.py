"""/dataset/<id>/quality.json: the scores of a dataset and every reason, for machines (QLT-4)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from portal import addresses
from portal.exports.public import listed
from portal.facts import DatasetFacts
from portal.model import Catalogue
from portal.wording.quality import DIMENSIONS

QUALITY = "quality.json"


def quality_files(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> Iterator[tuple[str, str]]:
    """Id and text of the file of every listed dataset that was scored."""
    for dataset in listed(catalogue):
        found = facts.get(dataset.id)
        if found is None or found.quality is None:
            continue
        told = found.quality.model_dump(mode="json")
        for dimension in told["dimensions"]:
            zh, en = DIMENSIONS[dimension["name"]]
            dimension |= {"title": zh, "title_en": en}
        about = {
            "dataset": dataset.id,
            "url": catalogue.portal.url + addresses.dataset_page(dataset.id),
            "release": found.release,
            "digest": found.digest,
        }
        yield dataset.id, json.dumps({**about, **told}, ensure_ascii=False, indent=1) + "\n"
