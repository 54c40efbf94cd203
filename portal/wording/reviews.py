"""Words of the rules about reviews and releases."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

WORDING: dict[str, Wording] = {
    "review-missing": Wording(
        Text(
            "数据集“{title}”没有安全审查记录，未经审查的数据不得开放。",
            "Dataset “{title}” has no security review; data that were not reviewed must not be opened.",
        ),
        Text(
            "请由审查岗位审查后记录：.venv/bin/python build.py review {dataset} --by 审查岗位的名称",
            "Have it reviewed, then run: .venv/bin/python build.py review {dataset} --by OFFICE",
        ),
    ),
    "review-outdated": Wording(
        Text(
            "数据集“{title}”在 {date} 审查之后内容有变：审查的是 {reviewed}…，现在是 {present}…。",
            "Dataset “{title}” changed after its review of {date}: reviewed {reviewed}…, present {present}….",
        ),
        Text(
            "请对现在的内容重新审查后记录：.venv/bin/python build.py review {dataset} --by 审查岗位的名称",
            "Review it again as it stands, then run: .venv/bin/python build.py review {dataset} --by OFFICE",
        ),
    ),
    "review-refused": Wording(
        Text(
            "数据集“{title}”现在的内容在 {date} 的安全审查中未通过。",
            "The present content of “{title}” was refused by the security review of {date}.",
        ),
        Text(
            "请按审查意见处理数据后重新审查，或撤下该条目。",
            "Mend the data as the review asks and have them reviewed again, or take the entry out.",
        ),
    ),
    "release-missing": Wording(
        Text(
            "数据集“{title}”现在的内容（{present}…）没有登记为一个版本。",
            "The present content of “{title}” ({present}…) is not registered as a release.",
        ),
        Text(
            "请由审查岗位重新记录：.venv/bin/python build.py review {dataset} --by 审查岗位的名称，它会写好版本清单。",
            "Run .venv/bin/python build.py review {dataset} --by OFFICE: it also writes the list of releases.",
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
