"""Words of the rules about personal data (REV-6). `value` is masked before it gets here; nothing is quoted in clear."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

__all__ = ["ENTRY", "KINDS", "WORDING"]

KINDS: dict[str, Text] = {
    "id": Text("公民身份号码", "resident id"),
    "mobile": Text("手机号码", "mobile number"),
    "card": Text("银行卡号", "bank card number"),
    "passport": Text("护照号码", "passport number"),
    "permit": Text(
        "通行证或居民身份证（港澳台、外国人）号码", "permit or identity card of Hong Kong, Macau, Taiwan or a foreigner"
    ),
    "email": Text("个人电子邮箱", "private e-mail address"),
    "plate": Text("机动车号牌", "number plate"),
    "name-contact": Text("个人姓名及其电话或住址", "name of a person with telephone or address"),
}

_EXCEPTION = Text(
    "依法应当公开的，在条目 allow 中写明 rule: {rule}、field: {field}、理由（公开的依据，公众可见）和期限。",
    "If the law wants it public, write `allow`: rule {rule}, field {field}, the ground (the public sees it), an end.",
)


def _column(kind: str, zh: str, en: str) -> Wording:
    """A rule about a column's cells."""
    rule, name = f"personal-{kind}", KINDS[kind]
    return Wording(
        Text(
            f"“{{field}}”列有 {{count}} 处{name.zh}（如 {{value}}）：第 {{rows}} 行。",
            f"'{{field}}' holds what is a {name.en} ({{count}}, such as {{value}}): rows {{rows}}.",
        ),
        Text(zh + _EXCEPTION.zh.replace("{rule}", rule), f"{en} {_EXCEPTION.en.replace('{rule}', rule)}"),
    )


_MASK = (
    "请删去该列，或在来源处脱敏（如保留前三位、后两位，中间改为 *）后重新导出，并在 processing 中记录。",
    "Drop the column, or mask it at the source (first three, last two), export again and note it under `processing`.",
)
COLUMNS: dict[str, Wording] = {
    "personal-id": _column(
        "id",
        "请删去该列；需要区分个人的，换成与号码无关的序号，并在 processing 中记录。",
        "Drop the column; to tell people apart use a serial number that has nothing to do with it.",
    ),
    "personal-mobile": _column(
        "mobile",
        "请删去该列，或改为单位的办公电话；须保留的，脱敏后重新导出，并在 processing 中记录。",
        "Drop the column or give the office's telephone; what must stay is masked and noted under `processing`.",
    ),
    "personal-card": _column("card", *_MASK),
    "personal-passport": _column("passport", *_MASK),
    "personal-permit": _column("permit", *_MASK),
    "personal-email": _column(
        "email",
        "请改为单位邮箱（gov.cn 或岗位邮箱），或删去该列。",
        "Give the office's address (gov.cn or a role's), or drop the column.",
    ),
    "personal-plate": _column("plate", *_MASK),
    "personal-name-contact": _column(
        "name-contact",
        "请删去姓名、电话和住址中的一方，或只留姓氏（如“张某”）。",
        "Drop the name or the telephone and address, or leave the family name alone.",
    ),
}

ENTRY: dict[str, Wording] = {
    "personal-text": Wording(
        Text("条目的文字里有{kind}（{value}）。", "The entry's own words hold a {kind_en} ({value})."),
        Text(
            "条目文字向公众显示，不得含个人信息：联系方式写科室、办公电话和单位邮箱，示例改用虚构的内容。",
            "The public reads it: name an office with its telephone and mail, and use made-up examples.",
        ),
    ),
    "allow-without-column": Wording(
        Text(
            "对 {rule} 的例外没有写明是哪一列（field）。",
            "The exception to {rule} does not name a column (field).",
        ),
        Text(
            "个人信息的例外逐列论证：请为每一列各写一条，写明理由和期限。",
            "Personal data are excepted column by column: write one for each, with its reason and end.",
        ),
    ),
}

WORDING: dict[str, Wording] = {**COLUMNS, **ENTRY}
