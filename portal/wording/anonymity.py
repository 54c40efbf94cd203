"""Words of the rules about aggregation risk (REV-5)."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

EXPERT = Text(
    "请合并取值（如年龄改为年龄段）、删去其中的列；确需保留的，请组织专家论证后记录："
    ".venv/bin/python build.py review {dataset} --kind expert --by 专家委员会的名称",
    "Make the values coarser (age bands for ages) or drop a column; where they must stay, have experts argue it and "
    "record: .venv/bin/python build.py review {dataset} --kind expert --by COMMITTEE",
)

WORDING: dict[str, Wording] = {
    "aggregation-risk": Wording(
        Text(
            "按“{fields}”分组，最小的一组只有 {smallest} 行，不足 {k} 行的有 {groups} 组、共 {count} 行"
            "（如第 {rows} 行），可能识别到具体的{about}。",
            "Grouped by “{fields}”, the size of the smallest group is {smallest}; groups below {k}: {groups}, rows in "
            "them: {count} (such as row {rows_en}). They could point at one ({about}).",
        ),
        EXPERT,
    ),
    "aggregation-joined": Wording(
        Text(
            "与“{other}”按共用代码关联后，按“{fields}”分组，最小的一组只有 {smallest} 行，不足 {k} 行的有 {groups} 组、"
            "共 {count} 行（如第 {rows} 行），可能识别到具体的{about}。",
            "Joined with “{other}” and grouped by “{fields}”, the size of the smallest group is {smallest}; groups "
            "below {k}: {groups}, rows in them: {count} (such as row {rows_en}). They could point at one ({about}).",
        ),
        EXPERT,
    ),
    "aggregation-undeclared": Wording(
        Text(
            "“{fields}”放在一起，可能识别到个人。",
            "“{fields}” together could point at a person.",
        ),
        Text(
            "逐人的记录请在条目中写 aggregation: [{{fields: […], about: 自然人}}]，关口会检查最小的分组；"
            "汇总统计而非逐人记录的，在 allow 中写明 rule: aggregation-undeclared 和理由。",
            "Records of single people: declare aggregation: [{{fields: […], about: a person}}] and the gate looks at "
            "the smallest group. Totals: say so under allow, with rule: aggregation-undeclared and the reason.",
        ),
    ),
}
