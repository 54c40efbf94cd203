"""The sample of conditional data on its page: taken, looked into and asked like open data, and said to be a sample
(SMP-1, SMP-3; SH-22「无需申请即可获取」「真实反映全量数据特征」).
"""

from __future__ import annotations

from portal.model import Dataset
from portal.render import examples, figures, tables, taking
from portal.render.book import Book
from portal.samples import published_sample


def shown(book: Book, dataset: Dataset) -> dict[str, object] | None:
    """What the section says; None where the set has no published sample."""
    known, sampled = book.facts.get(dataset.id), published_sample(dataset)
    facts = known.sample if known else None
    if facts is None or sampled is None or dataset.sample is None:
        return None
    rows, total = facts.rows, dataset.sample.total
    told = {"rows": figures.number(rows), "total": figures.number(total)}
    return {
        **told,
        "text": book.t["sample_text"].format(**told, share=figures.share(rows, total)),
        "method": dataset.sample.method,
        "date": book.day(dataset.sample.date),
        "digest": facts.digest,
        "downloads": tables.downloads(book, sampled, facts),
        "take": taking.offer(book, sampled, facts),
        "tables": tables.previews(book, sampled, facts),
        "examples": examples.examples(book, sampled),
    }
