"""Words of the rules about the people in charge."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

WORDING: dict[str, Wording] = {
    "officer-missing": Wording(
        Text(
            "“{name}”没有登记首席数据官和专岗。",
            "'{name}' has no chief data officer and posts on record.",
        ),
        Text("请在 catalog/officers.yml 中登记岗位（不写个人姓名）。", "Enter the posts in catalog/officers.yml."),
    ),
    "officer-department": Wording(
        Text("登记的部门“{found}”{state}。", "The department '{found}' is {state_en}."),
        Text(
            "请改成 catalog/ 下的部门编号，每个部门一条。",
            "Use the id of a department below catalog/, one record each.",
        ),
    ),
    "officer-duties": Wording(
        Text("该部门缺少：{missing}。", "The department lacks: {missing_en}."),
        Text(
            "提交数据和审查分属两个岗位；请补上在岗的岗位及其 duties。",
            "One post hands data in, another one reviews: add the posts and their duties.",
        ),
    ),
    "officer-filing": Wording(
        Text("人员信息{state}。", "The record of the officers {state_en}."),
        Text("请向{authority}备案后填写 filed（日期、机关、编号）。", "File it with {authority} and fill in 'filed'."),
    ),
    "reviewer-unknown": Wording(
        Text("“{found}”在 {date} 不是本部门登记的审查岗位。", "On {date} '{found}' was no reviewing post on record."),
        Text(
            "可选：{choices}（见 catalog/officers.yml）；岗位有变动的，先更新登记。",
            "Choose one of: {choices} (catalog/officers.yml), or update the register first.",
        ),
    ),
    "reviewer-is-proposer": Wording(
        Text(
            "{kind}由“{by}”作出，而这次改动也由其提交（{proposer}）。",
            "The {kind_en} is by '{by}', who proposes the change as well ({proposer}).",
        ),
        Text("请由另一岗位审查，或由另一岗位提交。", "Let another post review, or another one propose."),
    ),
    "entry-ground-missing": Wording(
        Text("新增的条目没有写明缘由（entry_ground）。", "The new entry does not say why it is opened (entry_ground)."),
        Text(
            "请填写：社会需求（demand）、无信息系统支撑的数据（no-system）、信息公开（disclosure）或年度计划（plan）。",
            "Fill it in: demand, no-system, disclosure or plan.",
        ),
    ),
    "regrade-missing": Wording(
        Text(
            "数据的内容、范围、时效或用途有变（{keys}），没有重新定级。",
            "Content, scope, timeliness or use of the data have changed ({keys}); they were not graded again.",
        ),
        Text("请重新分类分级，更新 graded（日期、岗位）；级别不变的也要记录。", "Grade them again and renew 'graded'."),
    ),
}
