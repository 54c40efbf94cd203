"""All datasets: those that the build before made the same are taken from its ledger, the others are made."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal import takeaway
from portal.cache import code_version, key_of
from portal.digests import SPELLER, model_digest, remember
from portal.facts import DatasetFacts
from portal.jobs import Job, Made
from portal.ledger import Ledger
from portal.making import make_dataset
from portal.places import again, told

KIND, FACTS = "made", "facts"
FEW = 4
"""Fewer datasets than this are not worth worker processes."""


def make_all(jobs: Sequence[Job], processes: int, ledger: Ledger) -> Iterator[Made]:
    """Make every job, in so many processes; first come those that the ledger knows. The first fault ends it."""
    left: dict[str, tuple[Job, str]] = {}
    for job in jobs:
        key = _key(job)
        facts, kept = ledger.text(FACTS, job.dataset.id, key), ledger.find(KIND, job.dataset.id, key)
        if facts is not None and kept is not None:
            yield _again(facts, kept, job.cache)
        else:
            left[job.dataset.id] = (job, key)
    for made in _make_each([job for job, _ in left.values()], processes):
        facts = made.facts.model_dump_json(by_alias=True).encode()
        if not made.problems:  # those of earlier releases may end when their history comes
            name, key = made.facts.id, left[made.facts.id][1]
            ledger.keep_text(FACTS, name, key, facts, ())
            ledger.keep(KIND, name, key, _told(made), made.used)
        remember(made.facts, sha256(facts).hexdigest())
        yield made


def _make_each(jobs: Sequence[Job], processes: int) -> Iterator[Made]:
    if processes == 1 or len(jobs) < FEW:
        yield from map(make_dataset, jobs)
        return
    chunk = max(1, min(16, len(jobs) // (processes * 8)))  # long jobs alone, short ones a few a message
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(make_dataset, jobs, chunksize=chunk)


def _key(job: Job) -> str:
    """Everything that what is made of a dataset depends on."""
    files = [f"{key}={one.sha256} {one.encoding}" for key, one in sorted(job.prepared.items())]
    words = [model_digest(one) for one in (job.dataset, job.department, job.portal, *job.releases)]
    told = [str(job.root), *files, "near", *job.near, "blocked", *sorted(job.blocked)]
    return key_of(code_version("portal", packages=(*takeaway.PACKAGES, SPELLER)), [*told, *words])


def _told(made: Made) -> dict[str, object]:
    """A result as plain JSON, but for its facts."""
    database = f"{made.database.parent.name}/{made.database.name}" if made.database else None
    return {"database": database, "places": told(made.places)}


def _again(text: bytes, kept: Mapping[str, Any], cache: Path) -> Made:
    """A result that was kept."""
    database = cache / "rows" / kept["database"] if kept["database"] else None
    facts = DatasetFacts.model_validate_json(text)
    remember(facts, sha256(text).hexdigest())
    return Made(facts, database, again(kept["places"]))
