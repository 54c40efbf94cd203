"""A sample of conditional data as a dataset of its own (SMP): it is published like unconditional data, and judged so.

SH-22¶2「从有条件开放类全量数据中针对性抽取，真实反映全量数据特征，符合开放数据质量管理要求，方便数据利用主体阅读与测试」.
"""

from __future__ import annotations

from portal.model import DataFile, Dataset, Table

SUFFIX = "-sample"


def sampled_table(dataset: Dataset) -> Table | None:
    """The table that the sample is drawn from, or None where the entry names none that exists."""
    if dataset.sample is None or any(file.table_schema is None for file in dataset.files if not file.append):
        return None
    return next((table for table in dataset.tables if dataset.sample.table in (None, table.name)), None)


def sample_of(dataset: Dataset) -> Dataset | None:
    """The sample as an unconditional dataset with the parent's items, its own file and its own reviews.

    None for entries without a sample. `id` stays the parent's, so that problems name the entry that they stand in.
    """
    table, sample = sampled_table(dataset), dataset.sample
    if table is None or sample is None:
        return None
    file = DataFile(path=sample.path, name=f"{table.name}{SUFFIX}", title=f"{table.title}（样本）").model_copy(
        update={"table_schema": table.table_schema}
    )
    reviews = tuple(one.model_copy(update={"kind": "security"}) for one in dataset.reviews if one.kind == "sample")
    left_out = {"files", "sample", "aggregation", "relations"}
    kept = {name: getattr(dataset, name) for name in Dataset.model_fields if name not in left_out}
    return Dataset.model_validate(
        {**kept, "open_type": "unconditional", "data_type": "dataset", "files": (file,), "reviews": reviews}
    )


def published_sample(dataset: Dataset) -> Dataset | None:
    """The sample as its files and the query API tell it: its name and summary say that it is a sample (SMP-3)."""
    found, sample = sample_of(dataset), dataset.sample
    if found is None or sample is None or dataset.open_type != "conditional":
        return None
    summary = f"样本，不是全部数据：从全量 {sample.total:,} 行中抽取，抽取方法：{sample.method}。{dataset.summary}"
    english = f"A sample, not the whole of {sample.total:,} rows. {dataset.summary_en or ''}".strip()
    title_en = f"{dataset.title_en} (sample)" if dataset.title_en else None
    told = {"title": f"{dataset.title}（样本）", "title_en": title_en, "summary": summary, "summary_en": english}
    return found.model_copy(update=told)
