"""What a city wants of every entry, beside what every entry must have (portal/model.py): CAT-1, table 1.0."""

from __future__ import annotations

from portal.profile import Profile
from portal.yamlfile import Plain


def missing_by_city(entry: dict[str, Plain], profile: Profile) -> list[str]:
    """What the city wants of every entry (table 1.0, CAT-1) and this one lacks. A key may say that there is none: `[]`.

    `department` is the folder, `formats` are those of the files, an open condition is asked of conditional data only.
    """
    is_api = entry.get("data_type") == "api"
    return [key for key in profile.catalog.required if _lacks(entry, key, is_api)]


def _lacks(entry: dict[str, Plain], key: str, is_api: bool) -> bool:
    if key in ("department", "data_type"):  # the folder; `dataset` where nothing is said
        return False
    if key == "open_conditions":
        return entry.get("open_type") == "conditional" and not entry.get(key)
    if key in ("fields.description", "fields.type"):  # the model itself demands the one and has a default for the other
        return False
    if key == "formats":
        return not (entry.get("files") or entry.get("api"))
    if key == "fields" or key.startswith("fields."):
        return not is_api and not _all_fields_say(entry, key.partition(".")[2])
    return entry.get(key) in (None, "")


def _all_fields_say(entry: dict[str, Plain], key: str) -> bool:
    """Whether there are data items, and each has the key ("" asks for none). Wrong shapes are reported elsewhere."""
    files = entry.get("files")
    schemas = [one.get("schema") for one in files if isinstance(one, dict)] if isinstance(files, list) else []
    lists = [schema.get("fields") for schema in schemas if isinstance(schema, dict)]
    fields = [one for items in lists if isinstance(items, list) for one in items if isinstance(one, dict)]
    return bool(fields) and (not key or all(one.get(key) not in (None, "") for one in fields))


def labels_of(keys: list[str], profile: Profile | None) -> dict[str, str]:
    """How the city calls these keys, for people and for machines."""
    names = profile.labels.fields if profile else {}
    labels = "、".join(f"{names[key]}（{key}）" if key in names else key for key in keys)
    return {"labels": labels, "keys": ", ".join(keys)}
