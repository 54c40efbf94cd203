"""Fingerprints: what a review covers, and what the cache is keyed by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from weakref import ReferenceType, ref

from pydantic import BaseModel

from portal.model import Dataset

CHUNK = 1 << 20
SPELLER = "pydantic-core"
"""The distribution whose JSON many digests are taken of: another version may spell it in another way."""
TERMS = frozenset(
    {
        "department", "title", "domain", "open_type", "open_ground", "open_ground_kinds", "open_conditions",
        "application_materials", "open_scope", "open_content", "data_type", "update_frequency", "jurisdiction", "level",
        "concerns",
    }
)  # fmt: skip


def file_digest(path: Path) -> str:
    """sha-256 of a file's bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def canonical_json(value: object) -> str:
    """One spelling for one value: sorted keys, no blanks, real characters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def schema_json(dataset: Dataset) -> str:
    """The canonical JSON of everything that says how the files are read: names, order, sheets and schemas.

    Wording (titles, descriptions, units) is part of it: people judge rows by what the columns are said to mean.
    """
    files = [file.model_dump(mode="json", by_alias=True, exclude_defaults=True) for file in dataset.files]
    return canonical_json(files)


def content_digest(dataset: Dataset, file_digests: Mapping[str, str]) -> str:
    """What a review `covers`: file bytes and canonical schema (design §5).

    `file_digests` maps each file's path to the sha-256 of its bytes. One changed cell gives another digest.
    """
    parts = [schema_json(dataset), *(f"{file.path}={file_digests[file.path]}" for file in dataset.files)]
    return text_digest(parts)


def recurring_digest(dataset: Dataset) -> str:
    """What a recurring review `covers`: how the files are read and described, and the exceptions asked for.

    Rows are not part of it; the rules that must find them clean are named beside it (records.Review.rules).
    """
    exceptions = sorted([allowance.rule, allowance.field or ""] for allowance in dataset.allow)
    return text_digest(["recurring", schema_json(dataset), canonical_json(exceptions)])


def terms_digest(dataset: Dataset) -> str:
    """What an approval or a legal review `covers`: which data items are opened, by whom, to whom and on what terms.

    These are the contents that the cities' lists of the opening catalogue name (requirements table 1.0). Rows, files
    and wording are not among them: a correction of a sentence or an update of the data asks for no new approval.
    """
    terms = dataset.model_dump(mode="json", include=set(TERMS))
    items = [
        [[column.name, column.title, column.type] for column in file.table_schema.fields]
        for file in dataset.files
        if file.table_schema is not None
    ]
    return text_digest([canonical_json(terms), canonical_json(items)])


_known: dict[int, tuple[ReferenceType[BaseModel], str]] = {}
"""Where a model lies in memory → the model, while it is there, and its digest."""


def model_digest(model: BaseModel) -> str:
    """Of all that a frozen model says. Five keys of a build depend on an entry: it is spelled out once for all."""
    known = _known.get(id(model))
    if known and known[0]() is model:
        return known[1]
    return remember(model, text_digest([model.model_dump_json()]))


def remember(model: BaseModel, digest: str) -> str:
    """Let `model_digest` answer this for the model: a digest of what it was read from, which says as much."""
    place = id(model)
    _known[place] = ref(model, lambda gone: _forget(place, gone)), digest
    return digest


def _forget(place: int, gone: ReferenceType[BaseModel]) -> None:
    if (known := _known.get(place)) and known[0] is gone:
        del _known[place]


def text_digest(parts: Iterable[str]) -> str:
    """sha-256 of several texts, kept apart so that no two lists collide."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        digest.update(f"{len(raw)}:".encode())
        digest.update(raw)
    return digest.hexdigest()
