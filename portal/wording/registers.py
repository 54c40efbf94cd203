"""Words of the rules about the registers beside the entries, and of duties that are overdue."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

WORDING: dict[str, Wording] = {
    "source-unknown": Wording(
        Text(
            "“{field}”的目录来源“{found}”不在公共数据目录中。",
            "The source '{found}' of '{field}' is not in the resource catalogue.",
        ),
        Text(
            "请写成 catalog/resources.yml 中的“资源编号/字段编号”；目录有变的，先更新目录。",
            "Write 'resource/field' as in catalog/resources.yml, or update that list first.",
        ),
    ),
    "resources-missing": Wording(
        Text(
            "没有公共数据目录（catalog/resources.yml），无法核对各数据项的目录来源。",
            "There is no catalog/resources.yml: the sources of the data items can't be checked.",
        ),
        Text(
            "请从公共数据目录导出资源编号、字段编号写入该文件；该文件不公开。",
            "Export the ids of resources and fields into that file; it is not published.",
        ),
    ),
    "source-shared": Wording(
        Text(
            "数据项“{source}”由两个以上部门开放（另见 {others}），没有唯一的主责部门。",
            "The item '{source}' is opened by several departments (see {others}); none of them leads alone.",
        ),
        Text(
            "请协商确定数源部门，由其写 lead: true；其余不再开放。",
            "Agree on the source: it says 'lead: true', the others stop.",
        ),
    ),
    "project-unknown": Wording(
        Text("没有编号为“{found}”的信息化项目。", "There is no project '{found}'."),
        Text("请改成 catalog/projects.yml 中的立项编号。", "Use an id of catalog/projects.yml."),
    ),
    "project-incomplete": Wording(
        Text(
            "项目“{name}”的目录尚未编制完整：{missing}。",
            "The catalogue of the project '{name}' is not complete: {missing}.",
        ),
        Text(
            "请为缺少的数据集编制条目，并写明 project；目录完整才能验收。",
            "Write the missing entries and name the project in them: acceptance depends on it.",
        ),
    ),
    "register-department": Wording(
        Text("没有编号为“{found}”的部门。", "There is no department '{found}'."),
        Text("请改成 catalog/ 下的部门编号。", "Use the id of a department below catalog/."),
    ),
    "register-twice": Wording(
        Text("编号“{id}”写了两次。", "The id '{id}' is given twice."),
        Text("请合并或改号。", "Keep one, or renumber."),
    ),
    "dispute-dataset": Wording(
        Text("没有编号为“{found}”的数据集。", "There is no dataset '{found}'."),
        Text("请改成数据集的编号（即其文件名）。", "Give the id (file name) of a dataset."),
    ),
    "dispute-owner": Wording(
        Text(
            "“{item}”的开放主体已于 {date} 确定为 {owner}，不是本部门。",
            "On {date} '{item}' was given to {owner}, not to this department.",
        ),
        Text("请将条目移交确定的部门，旧编号写入其 aliases。", "Hand the entry over and keep its id as an alias."),
    ),
    "dispute-open": Wording(
        Text(
            "“{item}”由哪个部门开放有争议（{parties}，{date} 提出），尚未确定。",
            "Who opens '{item}' is disputed ({parties}, since {date}).",
        ),
        Text("确定之前保持现状；确定后填写 catalog/disputes.yml。", "Leave it as it is until it is decided."),
    ),
    "provider-code-wrong": Wording(
        Text("“{name}”的统一社会信用代码“{found}”校验不通过。", "The credit code '{found}' of '{name}' is not valid."),
        Text("请核对 18 位代码，末位为校验码。", "Check the 18 characters; the last one is a check character."),
    ),
    "provider-code-twice": Wording(
        Text("统一社会信用代码“{found}”已被“{other}”使用。", "The credit code '{found}' belongs to '{other}'."),
        Text("一个代码只属于一个单位，请核对。", "A code belongs to one body: check it."),
    ),
    "registration-twice": Wording(
        Text("登记号“{found}”已被数据集 {other} 使用。", "The registration number '{found}' belongs to {other}."),
        Text("请核对数据资源登记号。", "Check the number."),
    ),
    "evaluation-overdue": Wording(
        Text("开放类型的评估已到期：{state}。", "The evaluation of the open type is overdue: {state_en}."),
        Text(
            "请评估后在 evaluations 中补记日期和结论（本市周期：{period}）。",
            "Evaluate it and add date and result under 'evaluations'.",
        ),
    ),
    "legal-change-overdue": Wording(
        Text("{name}的{step}已于 {due} 到期{sure}。", "The {step_en} of {name} was due on {due}{sure_en}."),
        Text("完成后填写 {key}。", "When done, fill in '{key}'."),
    ),
}
