"""Rules about abbreviations (CAT-5; 上海市公共数据开放实施细则 第九条第二款第二项「不得使用无说明的缩写」).

Three kinds: Latin capitals (GDP, PM2.5), first letters of pinyin (mzj), Chinese short forms on the profile's
list (人均数). Each is told once an entry, where it first stands. It is explained by the glossary, by the codes of a
column, or by words anywhere in the entry that say what it stands for: 国内生产总值（GDP）, GDP（国内生产总值）,
GDP 指国内生产总值.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from portal.checks.pinyin import looks_like_initials, stands_for
from portal.checks.shape import Finding, Rule, Scene, tables_of
from portal.checks.speech import PARTS, Said, texts_of, wording_of
from portal.checks.wellknown import is_iso_code, is_well_known, without_names
from portal.model import Dataset
from portal.problems import shown
from portal.text import plain_term
from portal.textrules import ShortForm

_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.\-/·+][A-Za-z0-9]+)*\+?")
_MEASURE = re.compile(
    r"(?:单位|计量单位)?[：:]?[百千万亿]*(?:元|人|人次|户|家|个|件|吨|公里|千米|米|平方米|公顷|亩|度|次|天|年|月|日)+"
)
_HAN = "[一-鿿]"


def latin_is_explained(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Latin capitals (GDP, PM2.5) are explained in the entry or in the glossary."""
    for said, token in _unexplained(dataset, scene):
        if _is_abbreviation(token):
            yield _finding(said, token)


def pinyin_is_explained(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """First letters of pinyin (mzj for 民政局) are explained in the entry or in the glossary."""
    for said, token in _unexplained(dataset, scene):
        if token.islower() and token.isalpha():
            words = _begun_by(token, said, dataset, scene)
            if words or looks_like_initials(token):
                yield _finding(said, token, words=f"，像是“{words}”" if words else "", words_en=words or "?")


def short_forms_are_explained(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Chinese short forms on the city's list (人均数) are explained in the entry or in the glossary."""
    forms = scene.profile.naming.short_forms
    whole = wording_of(dataset, scene)
    here = [short for short in forms if short in whole]
    told: set[str] = set()
    for said in texts_of(dataset) if here else ():
        for short in here:
            if short in said.text and short not in told and short in _without(said.text, forms[short]):
                told.add(short)
                if not _is_explained(short, dataset, scene, full=forms[short].full):
                    yield _finding(said, short, full=forms[short].full)


def _without(text: str, form: ShortForm) -> str:
    """The text without the full form, and without ordinary phrases that merely contain the short one."""
    for phrase in (form.full, *form.inside):
        text = text.replace(phrase, "")
    return text


def _unexplained(dataset: Dataset, scene: Scene) -> Iterator[tuple[Said, str]]:
    """Latin words that neither everybody knows nor anything explains: each once, where it first stands."""
    told: set[str] = set()
    for said in texts_of(dataset) if _LATIN.search(wording_of(dataset, scene)) else ():
        if not _LATIN.search(said.text):
            continue
        text = without_names(unicodedata.normalize("NFKC", said.text))
        for term in scene.mixed_terms:
            text = text.replace(term, "")
        for token in _TOKEN.findall(text):
            if len(token) > 1 and token not in told and not _needs_none(token, said, text):
                told.add(token)
                if not _is_explained(token, dataset, scene):
                    yield said, token


def _needs_none(token: str, said: Said, text: str) -> bool:
    """Well-known letters, ISO codes, and examples of the values of a column that holds Latin codes."""
    column = said.column
    about = f"{text}{column.title}{column.description}" if column else text
    if is_well_known(token) or is_iso_code(token, about):
        return True
    if said.part == "description" and column and column.constraints.pattern:
        return bool(re.search("A-Z|a-z", column.constraints.pattern))
    return False


def _is_abbreviation(token: str) -> bool:
    """More capitals than small letters, and at least two: PM2.5, VOCs, COD; not GeoNames, Excel, A4."""
    capitals = sum(char.isupper() for char in token)
    return capitals >= 2 and capitals > sum(char.islower() for char in token)


def _begun_by(token: str, said: Said, dataset: Dataset, scene: Scene) -> str | None:
    """The words that these small letters begin, looked for near them: 民政局 for mzj.

    Names, labels and code values are compared with the entry and with the departments' names; in running text, where
    English words may stand, letters with a vowel are let pass.
    """
    if said.part not in ("title", "label", "code", "table") and not looks_like_initials(token):
        return None
    near = [said.text, *((said.column.title, said.column.description) if said.column else ())]
    if len(token) > 2:
        names = (name for one in scene.catalogue.departments for name in (one.short_name, one.name) if name)
        near += [dataset.title, dataset.summary, *names]
    return next((words for text in near if (words := stands_for(token, text))), None)


def _is_explained(token: str, dataset: Dataset, scene: Scene, *, full: str = "") -> bool:
    """The glossary has it, a column's codes give its meaning, or the entry's words say what it stands for."""
    if plain_term(token) in scene.explained:
        return True
    columns = (column for _, table in tables_of(dataset) for column in table.table_schema.fields)
    if any(token in (column.codes or {}) for column in columns):
        return True
    text = unicodedata.normalize("NFKC", wording_of(dataset, scene))
    return bool(full and full in text) or any(
        not _MEASURE.fullmatch(found[1]) for form in _explanations(token) for found in form.finditer(text)
    )


@lru_cache(maxsize=1024)
def _explanations(token: str) -> tuple[re.Pattern[str], ...]:
    """The ways to say what a token stands for; the first group is what it is said to stand for."""
    it = rf"(?<![A-Za-z0-9]){re.escape(unicodedata.normalize('NFKC', token))}(?![A-Za-z0-9])"
    return (
        re.compile(rf"({_HAN}{{2,}}) *\((?:简称|缩写|英文|英文缩写|即|又称)? *[为是:]? *[“\"]?{it}"),
        re.compile(rf"{it} *[”\"]? *\([^()]*?({_HAN}{{3,}})"),
        re.compile(rf"{it} *[”\"]? *(?:是指|指的是|指|即|表示|代表|意为|全称为?|=) *[“\"]?({_HAN}{{2,}})"),
        re.compile(rf"(简称|缩写|英文名|代码|代号|符号|单位|记作|写作|又称|也称) *[为是:]? *[“\"]?{it}"),
    )


def _finding(said: Said, token: str, **values: str) -> Finding:
    part, part_en = PARTS[said.part]
    column = said.column
    where = f"“{shown(column.title)}”的{part}" if column else part
    names = {"found": shown(token), "part": where, "part_en": part_en}
    return Finding(said.keys, names | values, column.name if column else None)


ABBREVIATION_RULES: dict[str, Rule] = {
    "abbreviation-latin": latin_is_explained,
    "abbreviation-pinyin": pinyin_is_explained,
    "abbreviation-short": short_forms_are_explained,
}
