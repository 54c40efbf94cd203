"""Words of the rules about names, abbreviations, terms, labels and descriptions (CAT-2 to CAT-6, CAT-8)."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

NAMES: dict[str, Wording] = {
    "title-too-long": Wording(
        Text("名称有 {length} 个字，超过 {most} 个。", "The name has {length} characters, more than {most}."),
        Text(
            "名称只写内容、地域、时间；用途、来源和口径移到摘要（summary）里。",
            "Keep content, area and time; move the rest to the summary.",
        ),
    ),
    "title-parts": Wording(
        Text("名称没有写明{missing}。", "The name does not show: {missing_en}."),
        Text(
            "例如“某市公园名录（2025年）”：地域、关键字段、时间齐全。名称里放不下的，写进 name_parts"
            "（field、time、area）；确实没有的，在 name_parts.not_applicable 写明哪一项不适用、为什么。",
            "Put it in the name, or under name_parts (field, time, area); what does not apply is explained in "
            "name_parts.not_applicable.",
        ),
    ),
    "title-time": Wording(
        Text(
            "名称写的是 {years} 年，时间范围（temporal）却是 {covered} 年。",
            "The name says {years}, but the data cover {covered}.",
        ),
        Text("请改正名称或时间范围，使两者一致。", "Correct the name or the period."),
    ),
    "title-duplicate": Wording(
        Text("名称“{title}”与数据集 {other} 相同。", "The name '{title}' is that of dataset '{other}', too."),
        Text("请在名称中写出区别：内容、地域或时间。", "Show the difference in the name."),
    ),
    "title-similar": Wording(
        Text("名称“{title}”与已有的 {others} 很相近。", "The name '{title}' is much like: {ids}."),
        Text(
            "请改得有明显区别；确是不同数据的，写明区别，例如 distinguished_from: {{{first}: 只含……}}。"
            "按年份分开的同一数据，宜合为一个数据集（append）。",
            "Make it distinct, or say how they differ under distinguished_from.",
        ),
    ),
}

ABBREVIATIONS: dict[str, Wording] = {
    "abbreviation-latin": Wording(
        Text("{part}中的缩写“{found}”没有说明。", "'{found}' in the {part_en} is not explained."),
        Text(
            "请改用中文全称，或在说明、摘要中解释一次，如“国内生产总值（GDP）”；"
            "全市常用的，写进 catalog/glossary.yml。",
            "Use the full words, explain it once in the summary or a description, or add it to catalog/glossary.yml.",
        ),
    ),
    "abbreviation-pinyin": Wording(
        Text(
            "{part}中的“{found}”是拼音首字母{words}，没有说明。",
            "'{found}' in the {part_en} looks like initials of pinyin ({words_en}) and is not explained.",
        ),
        Text(
            "请改写成中文；数据中的代码值，在该列的 codes 中逐个写出含义，如 codes: {{mzj: 民政局}}。",
            "Write Chinese; give the meaning of each code under 'codes'.",
        ),
    ),
    "abbreviation-short": Wording(
        Text("{part}中的简称“{found}”没有说明。", "The short form '{found}' in the {part_en} is not explained."),
        Text(
            "请写全：{full}；或在说明、摘要中解释一次；全市常用的，写进 catalog/glossary.yml。",
            "Write it in full ({full}), explain it once, or add it to catalog/glossary.yml.",
        ),
    ),
}

TERMS: dict[str, Wording] = {
    "term-unknown": Wording(
        Text("专有词汇“{term}”没有解释。", "The term '{term}' is not explained."),
        Text(
            "请在 catalog/glossary.yml 中加上 term 和 meaning；已有的，用那里的写法。",
            "Add it to catalog/glossary.yml, or use the spelling there.",
        ),
    ),
    "term-absent": Wording(
        Text("专有词汇“{term}”在本条目的文字里没有出现。", "The term '{term}' does not occur in this entry."),
        Text("请从 terms 中删去，或改成文中的写法。", "Remove it from 'terms', or spell it as the text does."),
    ),
    "term-unused": Wording(
        Text("术语“{term}”没有条目用到。", "No entry uses the term '{term}'."),
        Text("不再需要的请删去。", "Remove it if it is no longer needed."),
    ),
    "term-circular": Wording(
        Text(
            "术语“{term}”的解释只指向别的术语，绕了一圈：{circle}。",
            "The explanation of '{term}' only leads in a circle: {circle}.",
        ),
        Text("请写出它是什么。", "Say what it is."),
    ),
}

DESCRIPTIONS: dict[str, Wording] = {
    "label-chinese": Wording(
        Text("数据项名称“{title}”没有中文。", "The label '{title}' has no Chinese."),
        Text("title 写中文名称；英文写在 title_en。", "Give a Chinese title; English goes to title_en."),
    ),
    "description-empty": Wording(
        Text("“{title}”的说明只重复了名称。", "The description of '{title}' only repeats its title."),
        Text("请写明含义、口径、单位或取值来源。", "Say what it means, how it is counted, where it comes from."),
    ),
    "description-short": Wording(
        Text(
            "“{title}”的说明“{found}”太短，不足 {least} 个字。",
            "The description of '{title}', '{found}', is shorter than {least} characters.",
        ),
        Text("请写明含义、口径、单位或取值来源。", "Say what it means, how it is counted, where it comes from."),
    ),
    "description-copied": Wording(
        Text("“{title}”的说明与“{other}”的完全相同。", "'{title}' has the same description as '{other}'."),
        Text("请各写各的含义。", "Describe each on its own."),
    ),
    "codes-incomplete": Wording(
        Text("“{title}”的代码没有含义：{codes}。", "Codes of '{title}' have no meaning: {codes}."),
        Text(
            "请在该列写 codes，逐个说明，如 codes: {{'1': 省级, '2': 地级}}。",
            "Give the meaning of each under 'codes'.",
        ),
    ),
}

WORDING: dict[str, Wording] = {**NAMES, **ABBREVIATIONS, **TERMS, **DESCRIPTIONS}
