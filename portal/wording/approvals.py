"""Words of the rules about the way into the catalogue."""

from __future__ import annotations

from portal.proceedings import Step
from portal.wording.shape import Text, Wording

STEPS: dict[Step, Text] = {
    "entity": Text("数据开放主体评估", "assessment by the department"),
    "work_order": Text("平台工单", "work order"),
    "authority_notice": Text("报公共数据主管部门", "notice to the authority"),
    "authority_review": Text("公共数据主管部门审查", "review by the authority"),
    "authority_approve": Text("同级公共数据主管部门审核", "audit by the authority of the same level"),
    "service_collate": Text("公共数据服务机构校核汇总", "collation by the service body"),
    "city_recheck": Text("市级公共数据主管部门复核", "re-check by the city's authority"),
}
STATES: dict[str, Text] = {
    "none": Text("（没有记录）", " (no record)"),
    "waiting": Text("（{day} 已报送，尚未答复）", " (handed in on {day}, no answer yet)"),
    "earlier": Text("（{day} 同意的是改动前的内容）", " (passed on {day} before the entry changed)"),
}
RETURN_GROUNDS: dict[str, str] = {
    "no-reason": "无合理理由",
    "incomplete": "信息不全",
    "grading": "不符合分级分类规则",
    "other": "其他",
}

WORDING: dict[str, Wording] = {
    "approval-missing": Wording(
        Text("列入目录前还缺：{steps}。", "Before it is listed, the entry still needs: {steps_en}."),
        Text(
            "办妥后记录：.venv/bin/python build.py approve {dataset} --step {step} {more}"
            "--by 办理岗位的名称 --document 文号",
            "When done, run: .venv/bin/python build.py approve {dataset} --step {step} {more_en}"
            "--by OFFICE --document NO",
        ),
    ),
    "approval-returned": Wording(
        Text("{step}于 {date} 退回：{reasons}。", "The {step_en} sent this entry back on {date}: {reasons}."),
        Text("请逐条改正后重新报送。", "Mend every point and hand it in again."),
    ),
    "approval-order": Wording(
        Text(
            "{later}（{second}）早于{earlier}（{first}）。",
            "The {later_en} ({second}) came before the {earlier_en} ({first}).",
        ),
        Text("请按顺序办理；日期写错的，请改正。", "Take the steps in their order, or correct the date."),
    ),
    "return-reasons": Wording(
        Text("{date} 的退回没有写明理由或退回情形。", "The return of {date} does not state its reasons or grounds."),
        Text("请在 returned 中一次写全；情形可选：{choices}。", "State all of them under 'returned': {choices}."),
    ),
    "returned-twice": Wording(
        Text(
            "同一内容在{step}环节已退回过，{date} 再次退回。",
            "The same content was sent back at this step before, and again on {date}.",
        ),
        Text("退回理由应一次说全；内容未改的，不得再次退回。", "All reasons are told at once; don't return it again."),
    ),
    "work-order-incomplete": Wording(
        Text("工单缺少：{labels}。", "The work order lacks: {keys}."),
        Text("请写明调整的具体内容和原因。", "State the concrete change and its reason."),
    ),
    "approval-step": Wording(
        Text("本市的办理流程中没有“{step}”。", "The city's way into the catalogue has no '{step_en}'."),
        Text("请删去{instead}。", "Remove it{instead_en}."),
    ),
}
