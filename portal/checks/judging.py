"""The last word of the check: the tables of rules, the city's levels, and the exceptions that entries ask for.

`check_entries` runs the rules about entries. The rules about files, rows, reviews and history stand in modules of
their own beside it. `judge` has the last word on all of them: the city's level and article for each problem, the
exceptions in `allow`, and exceptions that have run out or are no longer needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from portal.checks.changes import CHANGE_WARNINGS
from portal.checks.entry import ENTRY_RULES
from portal.checks.links import CITY_RULES as LINK_CITY_RULES
from portal.checks.links import LINK_RULES
from portal.checks.oversight import RECORD_CITY_RULES, RECORD_FAMILIES, RECORD_RULES, RECORD_WARNINGS
from portal.checks.personal import BY_COLUMN, PERSONAL_CITY_RULES, PERSONAL_FAMILIES, PERSONAL_RULES
from portal.checks.qualityrules import QUALITY_CITY_RULES, QUALITY_EXCUSABLE, QUALITY_RULES, QUALITY_WARNINGS
from portal.checks.schema import SCHEMA_RULES
from portal.checks.shape import Read, Rule, Scene
from portal.checks.wordrules import WORD_CITY_RULES, WORD_FAMILIES, WORD_RULES
from portal.model import Dataset
from portal.personal import in_masks
from portal.problems import Problem, in_order
from portal.profile import Profile
from portal.publications import FOLDERS
from portal.records import Allowance
from portal.settings import Settings
from portal.wording import WORDING
from portal.wording import quality as quality_words
from portal.wording import reviews as review_words
from portal.wording import rows as row_words
from portal.wording import samples as sample_words

DATASET_RULES = {**ENTRY_RULES, **SCHEMA_RULES, **LINK_RULES, **WORD_RULES, **QUALITY_RULES, **PERSONAL_RULES}
CITY_RULES = {**LINK_CITY_RULES, **WORD_CITY_RULES, **QUALITY_CITY_RULES, **PERSONAL_CITY_RULES}

# Rules that warn where the city says nothing else.
WARNINGS = frozenset({"basis-not-in-force"}) | RECORD_WARNINGS | QUALITY_WARNINGS | CHANGE_WARNINGS

# What an exception can lift: wishes about quality and wording. A cell that can't be read as its type, an address that
# is taken, a missing review or data that must not be public are never excused.
EXCUSABLE = frozenset(
    {"empty-value", "pseudo-empty", "duplicate-row", "description-empty", "coordinate-system", "update-too-slow"}
    | {"aggregation-undeclared", "file-proprietary", "description-short", "description-copied", "title-too-long"}
    | QUALITY_EXCUSABLE
    | BY_COLUMN
)

# Rules that stand on one article together: the section of the profile's articles → their names.
FAMILIES: dict[str, frozenset[str]] = {
    "fields": frozenset(
        {"blank-label", "duplicate-label", "incorrect-label", "extra-label", "unnamed-column", "missing-label"}
    ),
    "rows": frozenset(
        {**row_words.ROWS, **row_words.TYPES, **row_words.CONSTRAINTS, **row_words.QUALITY, **quality_words.ROWS}
    ),
    "reviews": frozenset(review_words.WORDING),
    "samples": frozenset(sample_words.WORDING),
    **WORD_FAMILIES,
    **RECORD_FAMILIES,
    **PERSONAL_FAMILIES,
}


Judge = TypeVar("Judge")


def check_entries(
    reading: Read, settings: Settings, part: int = 0, parts: int = 1, *, clean: frozenset[str] = frozenset()
) -> list[Problem]:
    """Judge every entry that could be read, and the links between entries. Reads no data file; nor again the words of
    entries that are known to be `clean` (personal.CleanWords).

    Of several parts, the first one judges the catalogue as a whole, and the others share the entries.
    """
    scene = Scene(
        reading.catalogue,
        reading.profile,
        settings.today,
        settings.root,
        settings.site_src,
        broken=reading.broken,
        clean=clean,
        calendar=reading.calendar,
    )
    rules = _asked({**DATASET_RULES, **RECORD_RULES}, reading.profile)
    mine = _share(reading.catalogue.datasets, part, parts)
    problems = [problem for dataset in mine for problem in _of_entry(dataset, scene, reading, rules)]
    city_rules = _asked({**CITY_RULES, **RECORD_CITY_RULES}, reading.profile) if part == 0 else {}
    for rule, judge_city in city_rules.items():
        for finding in judge_city(scene):
            path, line = reading.where(finding.path, *finding.keys)
            problems.append(Problem(rule, path, line, finding.values, dataset=_id_of(finding.path)))
    return in_order(_levelled(problems, reading))


def _share(datasets: Sequence[Dataset], part: int, parts: int) -> Sequence[Dataset]:
    if parts == 1:
        return datasets
    return datasets[part - 1 :: parts - 1] if part else ()


def _asked(rules: Mapping[str, Judge], profile: Profile) -> dict[str, Judge]:
    """The rules that the city has not switched off."""
    return {name: rule for name, rule in rules.items() if profile.level_of(name) != "off"}


def _of_entry(dataset: Dataset, scene: Scene, reading: Read, rules: Mapping[str, Rule]) -> Iterator[Problem]:
    path = f"catalog/{dataset.department}/{dataset.id}.yml"
    for rule, judge_entry in rules.items():
        for finding in judge_entry(dataset, scene):
            line = reading.where(path, *finding.keys)[1]
            yield Problem(rule, path, line, finding.values, dataset=dataset.id, field=finding.column)


def _id_of(path: str) -> str | None:
    """The dataset that a file below a department's folder describes."""
    parts = path.split("/")
    is_entry = len(parts) == 3 and parts[1] not in FOLDERS and parts[2] != "department.yml"
    return parts[2].removesuffix(".yml") if is_entry else None


def judge(
    problems: Iterable[Problem], reading: Read, settings: Settings, *, checked: Collection[str] | None = None
) -> list[Problem]:
    """The city's word on the problems of all checks, in order: levels, articles, exceptions.

    `checked` are the ids of the datasets whose rows were checked (None: all); only for those can it be said that an
    exception is not needed.
    """
    levelled = list(_levelled(problems, reading))
    used: set[tuple[str, int]] = set()
    asked = {one.id: one.allow for one in reading.catalogue.datasets if one.allow}
    left = [problem for problem in levelled if not _is_allowed(problem, asked, settings, used)]
    left += _levelled(_about_exceptions(reading, settings, used, checked), reading)
    return in_order(replace(in_masks(one), article=_article(one.rule, reading.profile)) for one in left)


def _article(rule: str, profile: Profile) -> str | None:
    """The article of the rule, or of its family: all rules about cells stand on 无错值、空值、重复值."""
    family = next((section for section, rules in FAMILIES.items() if rule in rules), rule)
    return profile.article_of(rule) or profile.article_of(family)


def _levelled(problems: Iterable[Problem], reading: Read) -> Iterator[Problem]:
    """With the level that the city gives the rule; rules that are off fall out."""
    for problem in problems:
        level = reading.profile.level_of(problem.rule) or ("warning" if problem.rule in WARNINGS else problem.level)
        if level != "off":
            yield problem if level == problem.level else replace(problem, level=level)


def _is_allowed(
    problem: Problem, asked: Mapping[str, Sequence[Allowance]], settings: Settings, used: set[tuple[str, int]]
) -> bool:
    """Whether the entry asks for this exception, for this column or for all, and it still holds."""
    if problem.dataset is None or problem.rule not in EXCUSABLE:
        return False
    if problem.rule in BY_COLUMN and problem.field is None:
        return False
    for index, allowance in enumerate(asked.get(problem.dataset, ())):
        fields = (problem.field,) if problem.rule in BY_COLUMN else (None, problem.field)
        if allowance.rule == problem.rule and allowance.field in fields:
            used.add((problem.dataset, index))
            return allowance.until >= settings.today
    return False


def _about_exceptions(
    reading: Read, settings: Settings, used: set[tuple[str, int]], checked: Collection[str] | None
) -> Iterator[Problem]:
    """Exceptions that are not possible, have run out, or lift nothing (principle: an exception is never forgotten)."""
    for dataset in reading.catalogue.datasets:
        for index, allowance in enumerate(dataset.allow):
            values = {"rule": allowance.rule, "until": str(allowance.until)}
            if allowance.rule not in WORDING or (allowance.rule in BY_COLUMN and allowance.field is None):
                continue  # `allow-unknown-rule` or `allow-without-column` has said it
            if allowance.rule not in EXCUSABLE:
                rule = "allow-impossible"
            elif allowance.until < settings.today:
                rule = "allow-expired"
            elif (dataset.id, index) not in used and (checked is None or dataset.id in checked):
                rule = "allow-unused"
            else:
                continue
            path, line = reading.where(f"catalog/{dataset.department}/{dataset.id}.yml", "allow", index)
            yield Problem(rule, path, line, values, dataset=dataset.id)


__all__ = ["DATASET_RULES", "EXCUSABLE", "check_entries", "judge"]
