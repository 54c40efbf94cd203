"""Words of the rules about changes: what stands now against what it was made from."""

from __future__ import annotations

from portal.wording.addresses import ADDRESSES
from portal.wording.shape import Text, Wording

DOWNGRADES: dict[str, Wording] = {
    "type-change-unrecorded": Wording(
        Text(
            "开放类型由“{old}”改为“{new}”，没有写调整记录。",
            "The open type changes from {old_key} to {new_key}, and no record says so.",
        ),
        Text(
            "请在 open_type_history 中添一条：date、from: {old_key}、to: {new_key}、ground，及本市要求的 papers。",
            "Add to open_type_history: date, from: {old_key}, to: {new_key}, ground, and the city's papers.",
        ),
    ),
    "downgrade-work-order": Wording(
        Text("“{title}”减少了开放，没有工单。", "“{title}” becomes less open, and there is no work order."),
        Text(
            "请提交工单，写明调整内容和原因，再在记录的 papers 中写 {{kind: work-order, by, date, number}}。",
            "Hand in a work order (what changes, why), then record papers: {{kind: work-order, by, date, number}}.",
        ),
    ),
    "downgrade-document": Wording(
        Text("“{title}”减少了开放，没有说明文件。", "“{title}” becomes less open without an explanatory document."),
        Text(
            "请提供说明文件，再在记录的 papers 中写 {{kind: explanation, by, date, number}}。",
            "Provide the document, then record papers: {{kind: explanation, by, date, number}}.",
        ),
    ),
    "downgrade-filing": Wording(
        Text(
            "“{title}”减少了开放，没有向{authority}备案。",
            "“{title}” becomes less open and is not filed ({authority}).",
        ),
        Text(
            "请先备案，再在记录的 papers 中写 {{kind: filing, by: {authority}, date, number}}。",
            "File it, then record papers: {{kind: filing, by: {authority}, date, number}}.",
        ),
    ),
    "downgrade-ground": Wording(
        Text(
            "“{title}”减少了开放，理由不是安全管理需要。",
            "“{title}” becomes less open on a ground other than the needs of safety.",
        ),
        Text(
            "确因安全管理需要的，请在记录中写 cause: safety，并在 ground 中写明是什么需要；否则不得调整。",
            "If safety demands it, record cause: safety and say in ground what; otherwise it must stay open.",
        ),
    ),
    "downgrade-approval": Wording(
        Text(
            "“{title}”减少了开放，没有{authority}的审核同意。",
            "“{title}” becomes less open without the approval of {authority}.",
        ),
        Text(
            "请先报审，同意后再改；在记录的 papers 中写 {{kind: approval, by: {authority}, date, number}}。",
            "Ask first and change afterwards; record papers: {{kind: approval, by: {authority}, date, number}}.",
        ),
    ),
    "downgrade-approval-late": Wording(
        Text(
            "“{title}”{changed} 已调整，{approved} 才审核同意：未经审核不得调整。",
            "“{title}” changed on {changed} and was approved on {approved} only; approval comes first.",
        ),
        Text(
            "请把调整日期定在同意之日或之后。",
            "Let the change take effect on the day of the approval or later.",
        ),
    ),
    "downgrade-house": Wording(
        Text(
            "“{title}”减少了开放，缺少{labels}。这是本平台的要求，现行文本没有规定。",
            "“{title}” becomes less open without: {keys}. This is our own policy; the text in force is silent.",
        ),
        Text(
            "请在记录中写 by（哪个单位决定），并告知{authority}：papers: [{{kind: notice, by: {authority}, date}}]。",
            "Record by (who decided) and tell {authority}: papers: [{{kind: notice, by: {authority}, date}}].",
        ),
    ),
    "paper-number": Wording(
        Text("“{title}”的手续“{kind_zh}”没有编号，无法查证。", "A paper ({kind}) of “{title}” has no number."),
        Text(
            "请写 number；说明文件没有文号的，写 about（文件名称）。编号是本平台的要求。",
            "Give its number; for a document without one, about (its title). Numbers are our own policy.",
        ),
    ),
    "paper-authority": Wording(
        Text(
            "“{title}”的手续“{kind_zh}”由“{found}”办理，应是同级主管部门{authority}。",
            "A paper ({kind}) of “{title}” is by “{found}”; it must be the authority of the same level, {authority}.",
        ),
        Text("请向同级主管部门办理，by 写该部门。", "Turn to that authority and name it in by."),
    ),
    "withdrawal-document": Wording(
        Text("“{title}”因权利保护撤回，没有写明文书。", "“{title}” is taken back after a claim; no document is named."),
        Text(
            "请写核实处理决定的文号：撤回的数据集写 document，撤下部分内容的写在 papers 的 number 中。",
            "Name the decision: document of a withdrawn set, number of a paper for a part that is removed.",
        ),
    ),
}

UPGRADES: dict[str, Wording] = {
    "upgrade-processing": Wording(
        Text(
            "不予开放的数据改为开放，没有脱密、脱敏处理记录，也没有权利人同意。",
            "Data that were not open are opened without a record of processing or of consent.",
        ),
        Text(
            "请写 processing（masking、de-identification 或 declassification），"
            "或在调整记录的 papers 中写 {{kind: consent, by, date}}。",
            "Record processing (masking, de-identification, declassification) or papers: {{kind: consent, by, date}}.",
        ),
    ),
    "upgrade-evaluation": Wording(
        Text(
            "有条件开放改为无条件开放，没有评估记录。", "Conditional data become unconditional without an evaluation."
        ),
        Text(
            "请先评估，再写 evaluations: [{{date, result}}]，日期不晚于调整之日，也不早于上次调整。",
            "Evaluate first and record evaluations: [{{date, result}}], between the last change and this one.",
        ),
    ),
    "upgrade-resource-catalogue": Wording(
        Text(
            "改为无条件开放，没有同时调整公共数据资源目录中的开放类型。",
            "The resource catalogue's open type was not changed along with this one.",
        ),
        Text(
            "请调整资源目录，再在调整记录的 papers 中写 {{kind: resource-catalogue, by, date}}。",
            "Change it there, then record papers: {{kind: resource-catalogue, by, date}}.",
        ),
    ),
}

NARROWING: dict[str, Wording] = {
    "column-removed": Wording(
        Text(
            "已公开的列“{column}”（{title}）不见了，表 {table}。",
            "The published column “{column}” ({title}) is gone from table {table}.",
        ),
        Text(
            "请恢复该列；只是改名的，写 changes: [{{date, kind: renamed, of: [{column}], "
            "names: {{{column}: 新列名}}, ground}}]；"
            "确需撤下的，写 kind: removed 及理由、手续。",
            "Put it back; if renamed, record changes: [{{date, kind: renamed, of: [{column}], "
            "names: {{{column}: NEW}}, ground}}]; if it must go, kind: removed with ground and papers.",
        ),
    ),
    "rename-unknown": Wording(
        Text(
            "改名记录与实际不符：{names}。",
            "The record of a renaming does not fit: {names}.",
        ),
        Text(
            "names 中逐个写“旧名: 新名”，新名须是现有的列名或表名。",
            "Under names write OLD: NEW for each; the new name must be that of a present column or table.",
        ),
    ),
    "rows-removed": Wording(
        Text(
            "表 {table} 原有 {before} 行，少了 {lost} 行，超过 {percent}%（{allowed} 行）。",
            "Table {table} had {before} rows and lost {lost}, more than {percent} % ({allowed}).",
        ),
        Text(
            "如是误删，请恢复；更正或事实变化，写 changes: [{{date, kind: corrected, of: [rows], ground}}]；"
            "有意撤下，写 kind: removed 及手续。",
            "Put them back if lost; for a correction or a fact that changed record changes: [{{date, kind: corrected, "
            "of: [rows], ground}}]; if taken away on purpose, kind: removed with papers.",
        ),
    ),
    "column-emptied": Wording(
        Text(
            "表 {table} 的“{column}”列空值由 {then}% 增加到 {now}%。",
            "Empty cells of “{column}” in table {table} grow from {then} % to {now} %.",
        ),
        Text(
            "如是误删，请恢复；更正或事实变化，写 changes: [{{date, kind: corrected, of: [{column}], ground}}]；"
            "有意隐去，写 kind: removed 及手续。",
            "Put the values back if lost; for a correction record changes: [{{date, kind: corrected, of: [{column}], "
            "ground}}]; if hidden on purpose, kind: removed with papers.",
        ),
    ),
    "names-swapped": Wording(
        Text(
            "“{one}”与“{other}”互换了名称，使用者会读到对方的数据。",
            "“{one}” and “{other}” exchange their names; readers would get the other's values.",
        ),
        Text("请恢复原来的名称；需要改名的，换用新的名称。", "Keep the names, or take new ones."),
    ),
    "update-slower": Wording(
        Text("更新频率由“{old}”放慢为“{new}”。", "Updates slow down from {old} to {new}."),
        Text(
            "请恢复；确需放慢的，写 changes: [{{date, kind: narrowed, of: [update_frequency], ground}}]；"
            "不再更新的，写 status: static 和 static_reason。",
            "Undo it, or record changes: [{{date, kind: narrowed, of: [update_frequency], ground}}]; "
            "data that end turn static, with static_reason.",
        ),
    ),
    "coverage-narrower": Wording(
        Text(
            "{label}由“{old}”改为“{new}”，可能缩小了开放范围。",
            "{key} changes from “{old}” to “{new}”: less may be open.",
        ),
        Text(
            "请恢复；确有变化的，写 changes: [{{date, kind: narrowed、widened 或 corrected, of: [{key}], ground}}]。",
            "Undo it, or record changes: [{{date, kind: narrowed (widened, corrected), of: [{key}], ground}}].",
        ),
    ),
    "scope-changed": Wording(
        Text("{label}由“{old}”改为“{new}”，没有变更记录。", "{key} changes from “{old}” to “{new}” without a record."),
        Text(
            "请写 changes: [{{date, kind: narrowed、widened 或 corrected, of: [{key}], ground}}]。",
            "Record changes: [{{date, kind: narrowed (widened, corrected), of: [{key}], ground}}].",
        ),
    ),
    "condition-added": Wording(
        Text(
            "增加或修改了开放条件“{text}”，没有变更记录。",
            "The condition “{text}” is new or reworded, without a record.",
        ),
        Text(
            "不得擅自增设条件。请写 changes: "
            "[{{date, kind: narrowed（或 widened、corrected）, of: [open_conditions], ground}}]。",
            "Record changes: [{{date, kind: narrowed (widened, corrected), of: [open_conditions], ground}}].",
        ),
    ),
    "materials-unconfirmed": Wording(
        Text(
            "开放条件变了，申请材料没有更新，也没有确认。",
            "Conditions change; what to apply with is neither changed nor confirmed.",
        ),
        Text(
            "请更新 application_materials；无须更新的，写 changes: "
            "[{{date, kind: confirmed, of: [application_materials], ground}}]。",
            "Change application_materials, or record changes: "
            "[{{date, kind: confirmed, of: [application_materials], ground}}].",
        ),
    ),
    "interface-changed": Wording(
        Text(
            "已提供的接口 {old} 停用或换了地址，没有变更记录。", "The interface {old} ends or moves without a record."
        ),
        Text(
            "请恢复；换地址的写 changes: [{{date, kind: moved, of: [api], ground}}]，停用的写 kind: removed。",
            "Undo it; if it moves record changes: [{{date, kind: moved, of: [api], ground}}]; if it ends, removed.",
        ),
    ),
}

HISTORY: dict[str, Wording] = {
    "data-date-back": Wording(
        Text("数据日期由 {old} 退回 {new}。", "The data date goes back from {old} to {new}."),
        Text(
            "请核对是否换成了旧数据；原日期写错的，写 changes: [{{date, kind: corrected, of: [data_date], ground}}]。",
            "Make sure the data are not older ones; if the date was wrong, record changes: [{{date, kind: corrected, "
            "of: [data_date], ground}}].",
        ),
    ),
    "data-date-same": Wording(
        Text(
            "数据变了，数据日期还是 {date}，版本 {release} 没有说明。",
            "The data change, the data date stays {date}, and release {release} says nothing.",
        ),
        Text(
            "新一期数据请改 data_date；更正数据请写 changes: [{{date, kind: corrected, of: [rows], ground}}]，"
            "或审查时写 --note 更正了什么。",
            "For newer data change data_date; for a correction record it under changes or with --note at the review.",
        ),
    ),
    "release-note": Wording(
        Text("新版本 {release} 没有更新说明。", "The new release {release} has no note."),
        Text(
            "请用一句话写明这次变了什么：note，或审查时的 --note。",
            "Say in a line what is new: note, or --note at the review.",
        ),
    ),
    "release-untraced": Wording(
        Text(
            "新版本 {release}（{digest}…）没有与它内容一致的审查记录。",
            "The new release {release} ({digest}…) has no review of this content.",
        ),
        Text(
            "版本在审查时由系统登记，不要手写；请删去这一条。",
            "Releases are registered at their review; take this one out.",
        ),
    ),
    "record-removed": Wording(
        Text(
            "{key} 中 {count} 条已有记录被删去或改动（{names}）。",
            "{count} records under {key} are removed or altered ({names}).",
        ),
        Text(
            "请恢复：记录只增不改；写错的，另添一条更正。",
            "Restore them: records are only added; correct one by another.",
        ),
    ),
    "profile-changed": Wording(
        Text(
            "更换了城市规则（{old} → {new}），同时改动了数据集。",
            "The city's rules change ({old} → {new}) together with datasets.",
        ),
        Text("请分两次提交：先换规则，再改数据集。", "Hand in two changes: the rules first, the datasets afterwards."),
    ),
    "base-unread": Wording(
        Text(
            "改动之前的条目“{id}”读不懂，无法比较改了什么。",
            "The earlier entry “{id}” can't be read: what changes is not known.",
        ),
        Text("请审阅人逐项核对这个条目。", "Reviewers, please look at this entry line by line."),
    ),
    "withdrawn-file": Wording(
        Text(
            "“{title}”的文件 {file}（{digest}…）已被撤回，不得再次发布。",
            "File {file} ({digest}…) of “{title}” was withdrawn and must never return.",
        ),
        Text("请换成依法处理后的数据。", "Hand in lawfully processed data."),
    ),
}

WORDING: dict[str, Wording] = {**DOWNGRADES, **UPGRADES, **NARROWING, **ADDRESSES, **HISTORY}
