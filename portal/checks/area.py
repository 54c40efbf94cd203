"""Where the coordinates of a set must lie: the level of government that its `spatial` names, else the country."""

from __future__ import annotations

import re

from portal.checks.rows.plausible import CHINA, WORLD
from portal.checks.rows.shape import Area
from portal.model import Dataset, Portal

EVERYWHERE = re.compile("全球|世界|国际|各国")


def area_of(dataset: Dataset, portal: Portal) -> Area:
    """The smallest area with bounds that ends the entry's `spatial`; the world where that is meant."""
    spatial = dataset.spatial or ""
    if EVERYWHERE.search(spatial):
        return WORLD
    named = [one for one in portal.jurisdictions if one.bounds and spatial.endswith(one.name)]
    for one in sorted(named, key=lambda one: -len(one.name)):
        if one.bounds:
            return Area(one.bounds.west, one.bounds.south, one.bounds.east, one.bounds.north, one.name)
    return CHINA
