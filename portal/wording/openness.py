"""Words of the rules about relations, conditions, channels, formats, contacts and the platform's pages."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

RELATIONS: dict[str, Wording] = {
    "relation-unexplained": Wording(
        Text(
            "与“{other}”的关联没有说明{missing}。",
            "The relation to '{other}' does not explain: {missing_en}.",
        ),
        Text(
            "请在 note 中用一句话写明：两者是什么关系；时间、地域不同的，如何对应。"
            "例如“本市部分，与全省表同为 2023 年”。",
            "Say in the note how they belong together, and how time and place match where they differ.",
        ),
    ),
    "merged-from": Wording(
        Text("由其合并而来的“{found}”查不到。", "There is no trace of '{found}', which was merged into this set."),
        Text(
            "已并入本数据集的，把它写进 aliases，旧地址才继续有效；已撤回的应在 catalog/tombstones.yml 中。",
            "Add it to 'aliases', so that its address stays alive.",
        ),
    ),
    "part-of-circle": Wording(
        Text("所属关系绕了一圈：{circle}。", "The set is a part of itself: {circle}."),
        Text("请删去其中一处 part_of。", "Remove one 'part_of'."),
    ),
    "static-frequency": Wording(
        Text(
            "静态数据不再更新，更新频率却写着“{update}”。",
            "Static data are no longer updated, but the entry promises: {update}.",
        ),
        Text("更新频率改为 irregular；还会更新的，status 改回 published。", "Set update_frequency to irregular."),
    ),
}

CONDITIONS: dict[str, Wording] = {
    "condition-vague": Wording(
        Text("开放条件或其依据“{found}”没有说清楚。", "The condition or ground '{found}' says too little."),
        Text(
            "条件（text）写明要申请人做到什么，依据（ground）写明防范什么风险，各不少于 {least} 个字，不相互照抄。",
            "Say what is asked for, and against which risk; {least} characters at least, not the same twice.",
        ),
    ),
    "condition-unequal": Wording(
        Text(
            "“{text}”可能按{kinds}区别对待申请人（{words}），没有确认记录。",
            "'{text}' may treat applicants unequally ({words}), and nobody has confirmed it.",
        ),
        Text(
            "不必要的请删去；确有必要的，由审查岗位在 confirmations 中照抄原文，写明日期、岗位和理由。",
            "Remove it, or let a reviewer confirm this very text under 'confirmations'.",
        ),
    ),
    "confirmation-unused": Wording(
        Text("所确认的“{text}”在开放条件、申请材料中没有。", "The confirmed text '{text}' does not occur."),
        Text("原文改动后须重新确认；不再需要的请删去。", "Confirm the present text, or remove this record."),
    ),
}

CHANNELS: dict[str, Wording] = {
    "external-channel": Wording(
        Text(
            "文中的网址 {address} 指向本平台以外的 {host}，没有对接或备案记录。",
            "{address} leads away from this portal, to {host}, without a record.",
        ),
        Text(
            "数据应通过本平台开放：请删去网址（来源网址写在 source.url）；"
            "确需另设渠道的，在 channels 中写明域名和对接或备案编号。",
            "Remove it (a source belongs to source.url), or name the host and its record under 'channels'.",
        ),
    ),
    "channel-record": Wording(
        Text("{host} 的对接或备案编号“{found}”不是编号。", "'{found}' is no number of a record for {host}."),
        Text("请填写与平台对接或向主管部门备案的编号。", "Give the number of the integration or filing."),
    ),
    "file-not-readable": Wording(
        Text("{file} 是{kind}，不是可机器读取的格式。", "{file} is {kind_en}: machines can't read its rows."),
        Text(
            "请从业务系统导出 CSV 或 XLSX；只有纸质或图片的，先录入成表格。",
            "Export CSV or XLSX from the system it comes from.",
        ),
    ),
    "file-proprietary": Wording(
        Text("{file} 是 {kind} 格式，需要专有软件才能打开。", "{file} is {kind}, which needs proprietary software."),
        Text(
            "请另存为 CSV 或 XLSX；确有原因的，用 allow 写明（rule: file-proprietary）。",
            "Save it as CSV or XLSX, or give the reason under 'allow'.",
        ),
    ),
    "contact-private": Wording(
        Text("联系方式中有{kind}。", "The contact holds {kind_en}."),
        Text(
            "联系方式写单位：科室名称、办公电话、单位邮箱；不写个人姓名和手机。",
            "Name an office, its telephone and mail; no person and no mobile.",
        ),
    ),
}

PAGES: dict[str, Wording] = {
    "page-missing": Wording(
        Text("平台页面“{title}”不存在或没有内容。", "The platform's page '{title}' is missing or empty."),
        Text("请补上这个页面；平台管理制度须公布。", "Write it: the platform must publish its rules."),
    ),
    "page-incomplete": Wording(
        Text("平台页面“{title}”缺少：{missing}。", "The platform's page '{title}' lacks the headings: {missing}."),
        Text("请补上以此为标题的内容。", "Add them as headings, with their content."),
    ),
}

WORDING: dict[str, Wording] = {**RELATIONS, **CONDITIONS, **CHANNELS, **PAGES}
