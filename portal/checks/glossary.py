"""Rules about special terms (CAT-6; 上海市公共数据开放实施细则 第九条第二款第二项「对于专有词汇应当做好相应说明」)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.shape import FileFinding, FileRule, Finding, Rule, Scene
from portal.checks.speech import wording_of
from portal.model import Dataset, Term
from portal.problems import shown
from portal.text import fold, plain_term

GLOSSARY = "catalog/glossary.yml"
_REFERS = re.compile(r"参见|又称|又名|也叫|也称|简称|别称|见|同|即|指|是|为|的|词条|一词|[\W_]+")


def terms_are_explained(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A term that an entry marks as special stands in the glossary."""
    for index, term in enumerate(dataset.terms):
        if plain_term(term) not in scene.explained:
            yield Finding(("terms", index), {"term": shown(term)})


def terms_are_used(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A term that an entry marks stands in its words, by this or another name."""
    if dataset.terms:
        said = plain_term(" ".join((wording_of(dataset, scene), *_names(dataset))))
        for index, term in enumerate(dataset.terms):
            if not any(word in said for word in _all_names(term, scene)):
                yield Finding(("terms", index), {"term": shown(term)})


def _names(dataset: Dataset) -> Iterator[str]:
    for file in dataset.files:
        if file.table_schema:
            yield from file.table_schema.names


def _all_names(term: str, scene: Scene) -> set[str]:
    """The term as it is compared, with the other names that the glossary has for it."""
    wanted, found = plain_term(term), {plain_term(term)}
    for one in scene.catalogue.glossary:
        names = {plain_term(word) for word in (one.term, *one.aliases)}
        if wanted in names:
            found |= names
    return found


def glossary_is_used(scene: Scene) -> Iterator[FileFinding]:
    """A term of the glossary stands in some entry or in the explanation of another term."""
    glossary = scene.catalogue.glossary
    said = "\n".join(_everything(one, scene) for one in scene.catalogue.datasets).lower() if glossary else ""
    for index, term in enumerate(glossary):
        words = [word.lower() for word in (term.term, *term.aliases)]
        others = (other.meaning.lower() for other in glossary if other is not term)
        if not any(word in said for word in words) and not any(word in text for text in others for word in words):
            yield FileFinding(GLOSSARY, (index, "term"), {"term": shown(term.term)})


def _everything(dataset: Dataset, scene: Scene) -> str:
    """All that an entry says, its notes and records of processing too."""
    notes = (dataset.static_reason, dataset.source.upstream, dataset.source.note, dataset.coordinate_system)
    done = (one.note for one in dataset.processing)
    return "\n".join((wording_of(dataset, scene), *dataset.keywords, *_names(dataset), *filter(None, notes), *done))


def explanations_end(scene: Scene) -> Iterator[FileFinding]:
    """An explanation says something: it does not only point to itself, or in a circle."""
    glossary = scene.catalogue.glossary
    pointed = {index: _points_to(index, glossary) for index in range(len(glossary))}
    for index, term in enumerate(glossary):
        seen, here = [index], pointed[index]
        while here is not None and here not in seen:
            seen.append(here)
            here = pointed[here]
        if here == index:
            circle = " → ".join(glossary[one].term for one in (*seen, index))
            yield FileFinding(GLOSSARY, (index, "meaning"), {"term": shown(term.term), "circle": shown(circle)})


def _points_to(index: int, glossary: tuple[Term, ...]) -> int | None:
    """The term that an explanation only refers to (见 X, 同 X, or X itself); None where it says more."""
    rest = fold(glossary[index].meaning)
    target: int | None = None
    words = [(fold(word), number) for number, one in enumerate(glossary) for word in (one.term, *one.aliases)]
    for word, number in sorted(words, key=lambda item: (-len(item[0]), item[1])):
        if word in rest:
            rest = rest.replace(word, " ")
            target = number if target is None or target == index else target
    return target if target is not None and not _REFERS.sub("", rest) else None


GLOSSARY_RULES: dict[str, Rule] = {
    "term-unknown": terms_are_explained,
    "term-absent": terms_are_used,
}

GLOSSARY_CITY_RULES: dict[str, FileRule] = {
    "term-unused": glossary_is_used,
    "term-circular": explanations_end,
}
