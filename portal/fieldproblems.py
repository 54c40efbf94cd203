"""What pydantic says about a file → problems for people, with the line, the field's Chinese title and an example.

The words about a field come from its one description in the models (`told`): title, help, example.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from portal.problems import Problem, shown
from portal.shape import Shape
from portal.wording.choices import explained, meant
from portal.wording.drafts import MARK

Path = tuple[str | int, ...]
LineOf = Callable[..., int]

# pydantic's error types → our rules; what is missing here is `wrong-pattern`
RULES: dict[str, str] = {
    "string_type": "not-text",
    "tuple_type": "not-a-list",
    "list_type": "not-a-list",
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "dict_type": "not-a-mapping",
    "literal_error": "wrong-choice",
    "string_pattern_mismatch": "wrong-pattern",
    "string_too_short": "too-short",
    "string_too_long": "too-long",
    "too_short": "too-few",
    "too_long": "too-many",
    "bool_parsing": "wrong-yes-no",
    "bool_type": "wrong-yes-no",
    "int_parsing": "wrong-number",
    "int_type": "wrong-number",
    "int_from_float": "wrong-number",
    "greater_than_equal": "wrong-number",
}


def field_problems(
    error: ValidationError, model: type[Shape], *, path: str, line_of: LineOf, but_not: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Every error once, in the words of a department; keys missing from one place are one problem.

    `line_of` gives the line of a key path in `path`. `but_not` are missing keys that the caller reports as demanded
    by the city's text; what is left is what the portal itself needs.
    """
    missing: dict[Path, list[str]] = {}
    places = [one["loc"] for one in error.errors()]
    for one in error.errors():
        loc: Path = one["loc"]
        if isinstance(one["input"], str) and MARK in one["input"]:
            continue  # the reader has told that it is still to be filled in
        if one["type"] == "too_short" and any(other[:-1][: len(loc)] == loc for other in places):
            continue  # items that are wrong are not counted: they have been told
        if one["type"] == "missing":
            if len(loc) > 1 or loc[0] not in but_not:
                missing.setdefault(loc[:-1], []).append(str(loc[-1]))
            continue
        rule, values = _judged(one, model)
        yield Problem(rule, path, line_of(*loc), values)
    for parent, keys in missing.items():
        yield Problem("missing-keys", path, line_of(*parent), _labels(model, parent, keys))


def _judged(one: Any, model: type[Shape]) -> tuple[str, dict[str, str]]:
    """The rule that an error breaks, and the values for its sentence."""
    loc, kind, found = one["loc"], one["type"], one["input"]
    info = field_at(model, loc)
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    values = {"title": (info.title if info else None) or key or "这一项", "key": key or "item", **_hint(info)}
    if kind == "extra_forbidden":
        return "unknown-key", {"key": key, **_near(model, loc)}
    if found is None:
        return "empty-key", values
    values["found"] = shown(found) if isinstance(found, str) else "…"
    if info is not None and _holds(info.annotation, date):
        return "wrong-date", values
    context = one.get("ctx") or {}
    for name in ("min_length", "max_length", "ge"):
        if name in context:
            values["limit"] = str(context[name])
    rule = RULES.get(kind, "wrong-pattern")
    if rule == "wrong-choice" and info is not None:
        values |= _to_choose(_choices(info.annotation), values["found"])
    return rule, values


def field_at(model: type[Shape] | None, loc: Path) -> FieldInfo | None:
    """The field that a path of keys ends in; list positions are passed over."""
    info: FieldInfo | None = None
    for step in loc:
        if isinstance(step, int) or (model is None and info is not None):
            continue
        if model is None or (info := _fields(model).get(step)) is None:
            return None
        model = _shape_in(info.annotation)
    return info


@cache
def _fields(model: type[Shape]) -> dict[str, FieldInfo]:
    """The fields of a model by the key that stands in the file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _shape_in(annotation: Any) -> type[Shape] | None:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((found for part in get_args(annotation) if (found := _shape_in(part))), None)


def _holds(annotation: Any, wanted: type) -> bool:
    return annotation is wanted or any(_holds(part, wanted) for part in get_args(annotation))


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(repr(choice)[1:-1] for choice in get_args(annotation))
    return tuple(choice for part in get_args(annotation) for choice in _choices(part))


def _to_choose(choices: tuple[str, ...], found: str) -> dict[str, str]:
    """The words to choose from, with their meanings in Chinese; and the one that was written in Chinese."""
    told = {"choices": "、".join(map(explained, choices)), "choices_en": ", ".join(choices)}
    one = meant(found, choices)
    return {**told, "write": f"请写成 {one}。", "write_en": f" Write '{one}'."} if one else told


def _hint(info: FieldInfo | None) -> dict[str, str]:
    """Help and example in Chinese; the example alone in English."""
    help_ = (info.description if info else None) or ""
    example = info.examples[0] if info and info.examples else None
    if example is None:
        return {"hint": help_, "eg": ""}
    text = written(example)
    return {"hint": f"{help_}例如：{text}", "eg": f" For example: {text}"}


def written(value: object) -> str:
    """A value as it is written in YAML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(written(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {written(item)}' for key, item in value.items())}}}"
    return str(value)


def _near(model: type[Shape], loc: Path) -> dict[str, str]:
    """What the unknown key may have been meant for."""
    info = field_at(model, loc[:-1])
    owner = _shape_in(info.annotation) if info else model
    known = list(_fields(owner)) if owner else []
    near = difflib.get_close_matches(str(loc[-1]), known, n=1, cutoff=0.6)
    if near:
        return {"near": f"是否想写“{near[0]}”？", "near_en": f" Did you mean '{near[0]}'?"}
    by_title = [name for name, one in (_fields(owner) if owner else {}).items() if one.title == str(loc[-1])]
    if by_title:  # the Chinese title was written where the key belongs
        return {"near": f"请写成“{by_title[0]}”。", "near_en": f" Write '{by_title[0]}'."}
    return {"near": "", "near_en": ""}


def _labels(model: type[Shape], parent: Path, keys: list[str]) -> dict[str, str]:
    infos = [(key, field_at(model, (*parent, key))) for key in keys]
    labels = "、".join(f"{info.title}（{key}）" if info and info.title else key for key, info in infos)
    hints = "；".join(
        f"{key} 例如：{written(info.examples[0]).rstrip('。')}" for key, info in infos if info and info.examples
    )
    return {"labels": labels, "keys": ", ".join(keys), "hint": hints}
