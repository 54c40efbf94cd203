"""Words of the rules about reviews and releases."""

from __future__ import annotations

from portal.records import ReviewKind
from portal.wording.shape import Text, Wording

KINDS: dict[ReviewKind, Text] = {
    "security": Text("安全审查", "security review"),
    "legality": Text("合法性审查", "legality review"),
    "compliance": Text("合规性审查", "compliance review"),
    "privacy": Text("商业秘密和个人隐私审查", "privacy and trade secrets review"),
    "secrets": Text("保密审查", "secrecy review"),
    "expert": Text("专家论证", "expert argument"),
    "sample": Text("样本安全审查", "security review of the sample"),
}

WORDING: dict[str, Wording] = {
    "review-missing": Wording(
        Text(
            "数据集“{title}”没有{kind}记录，未经审查的数据不得开放。",
            "Dataset “{title}” has no {kind_en}; data that were not reviewed must not be opened.",
        ),
        Text(
            "请由审查岗位审查后记录：.venv/bin/python build.py review {dataset} {by}--by 审查岗位的名称",
            "Have it reviewed, then run: .venv/bin/python build.py review {dataset} {by}--by OFFICE",
        ),
    ),
    "review-kind-missing": Wording(
        Text(
            "数据集“{title}”涉及{concern}，没有{kind}记录。",
            "Dataset “{title}” touches {concern_en} and has no {kind_en}.",
        ),
        Text(
            "请审查后记录：.venv/bin/python build.py review {dataset} {by}--by 审查岗位的名称；"
            "并不涉及的，从 concerns 中删去。",
            "Have it reviewed, then run: .venv/bin/python build.py review {dataset} {by}--by OFFICE; "
            "if it does not, take it out of concerns.",
        ),
    ),
    "review-outdated": Wording(
        Text(
            "数据集“{title}”在 {date} {kind}之后内容有变：审查的是 {reviewed}…，现在是 {present}…。",
            "Dataset “{title}” changed after its {kind_en} of {date}: reviewed {reviewed}…, present {present}….",
        ),
        Text(
            "请对现在的内容重新审查后记录：.venv/bin/python build.py review {dataset} {by}--by 审查岗位的名称",
            "Review it again as it stands, then run: .venv/bin/python build.py review {dataset} {by}--by OFFICE",
        ),
    ),
    "review-refused": Wording(
        Text(
            "数据集“{title}”现在的内容在 {date} 的{kind}中未通过。",
            "The present content of “{title}” was refused by the {kind_en} of {date}.",
        ),
        Text(
            "请按审查意见处理数据后重新审查，或撤下该条目。",
            "Mend the data as the review asks and have them reviewed again, or take the entry out.",
        ),
    ),
    "review-expired": Wording(
        Text(
            "数据集“{title}”按更新机制所作的{kind}已于 {until} 到期。",
            "The recurring {kind_en} of “{title}” ran out on {until}.",
        ),
        Text(
            "请重新审查：.venv/bin/python build.py review {dataset} {by}--recurring --by 审查岗位的名称",
            "Review it again: .venv/bin/python build.py review {dataset} {by}--recurring --by OFFICE",
        ),
    ),
    "review-rules-changed": Wording(
        Text(
            "数据集“{title}”在 {date} 按更新机制作了{kind}，当时依靠的规则现在不再拦截：{rules}。",
            "The recurring {kind_en} of “{title}” of {date} relied on rules that no longer stop a build: {rules}.",
        ),
        Text(
            "请按现在的规则重新审查：.venv/bin/python build.py review {dataset} {by}--recurring --by 审查岗位的名称",
            "Review it under the present rules: .venv/bin/python build.py review {dataset} {by}--recurring --by OFFICE",
        ),
    ),
    "review-not-clean": Wording(
        Text(
            "数据集“{title}”的{kind}只覆盖检查无误的更新，这次更新有 {count} 个错误。",
            "The recurring {kind_en} of “{title}” covers clean updates only; this one has {count} errors.",
        ),
        Text(
            "请先改正本条目的其他错误；改正后不必重新审查。",
            "Mend the other errors of this entry; then no new review is needed.",
        ),
    ),
    "review-without-rhythm": Wording(
        Text(
            "数据集“{title}”没有固定的更新频率，不能按更新机制作{kind}。",
            "“{title}” has no fixed update frequency, so that its {kind_en} can't be a recurring one.",
        ),
        Text(
            "请对现在的内容审查后记录：.venv/bin/python build.py review {dataset} {by}--by 审查岗位的名称",
            "Review the present content: .venv/bin/python build.py review {dataset} {by}--by OFFICE",
        ),
    ),
    "release-missing": Wording(
        Text(
            "数据集“{title}”现在的内容（{present}…）没有登记为一个版本。",
            "The present content of “{title}” ({present}…) is not registered as a release.",
        ),
        Text(
            "请登记：.venv/bin/python build.py review {dataset} {how}，它会写好版本清单；可加 --note 说明更新了什么。",
            "Run .venv/bin/python build.py review {dataset} {how_en}: it writes the list of releases; --note says "
            "what is new.",
        ),
    ),
    "release-blocked": Wording(
        Text(
            "数据集“{title}”现在的内容（{present}…）已被撤回，不得再次发布。",
            "The present content of “{title}” ({present}…) was withdrawn and must never be published again.",
        ),
        Text(
            "请换成依法处理后的数据，重新审查；如认为撤回有误，请联系公共数据主管部门。",
            "Hand in lawfully processed data and have them reviewed; ask the authority if the withdrawal was wrong.",
        ),
    ),
}
