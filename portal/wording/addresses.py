"""Words of the rules about addresses that people keep (portal/checks/changes/addresses.py)."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

ADDRESSES: dict[str, Wording] = {
    "entry-removed": Wording(
        Text(
            "已公开的数据集“{title}”（{id}）被删去，没有撤回记录。",
            "The published dataset “{title}” ({id}) is deleted without a record.",
        ),
        Text(
            "请恢复条目。不再更新的，写 status: static，历史数据继续开放；改编号的，在新条目写 aliases: [{id}]；"
            "确须撤回的，在 catalog/tombstones.yml 写明理由和手续。",
            "Put it back. If updates end: status: static. If renamed: aliases: [{id}] in the new entry. "
            "If withdrawn: a record in catalog/tombstones.yml.",
        ),
    ),
    "tombstone-digests": Wording(
        Text(
            "“{id}”的撤回记录缺少 {count} 个内容指纹，撤回的内容可能再次发布。",
            "The tombstone of “{id}” lacks {count} digests: withdrawn content could return.",
        ),
        Text("请在 digests 中补上：{names}。", "Add to digests: {names}."),
    ),
    "tombstone-removed": Wording(
        Text("撤回记录“{title}”（{id}）被删去或改短。", "The tombstone of “{title}” ({id}) is removed or shortened."),
        Text("请恢复：撤回的内容永远不得再次发布。", "Put it back: what was withdrawn never returns."),
    ),
    "tombstone-future": Wording(
        Text(
            "“{id}”的撤回记录或手续的日期 {found} 晚于今天（{today}）。",
            "The withdrawal of “{id}”, or a paper of it, is dated {found}, after today ({today}).",
        ),
        Text("请填写实际日期。", "Give the day on which it happened."),
    ),
    "alias-removed": Wording(
        Text("旧编号“{id}”不再有效，它的地址会失效。", "The old id “{id}” leads nowhere any more."),
        Text("请在条目的 aliases 中保留它。", "Keep it under aliases."),
    ),
    "table-removed": Wording(
        Text(
            "表 {table} 不见了，它的下载地址和查询地址 {address} 会失效。",
            "Table {table} is gone; its downloads and {address} would end.",
        ),
        Text(
            "只是文件改名的，在该文件下写 name: {table}；确需撤下、改名或换部门的，"
            "写 changes: [{{date, kind: removed（renamed、moved）, of: [{table}], ground}}]。",
            "If only the file was renamed, give it name: {table}; if it is removed, renamed or moved, record "
            "changes: [{{date, kind: removed (renamed, moved), of: [{table}], ground}}].",
        ),
    ),
    "release-removed": Wording(
        Text(
            "历史版本 {release} 被删去，它的地址会失效。",
            "The earlier release {release} is taken out; its address would end.",
        ),
        Text("请恢复版本清单，只在末尾添加。", "Restore the list of releases; it only grows."),
    ),
    "release-altered": Wording(
        Text(
            "历史版本 {release} 的指纹被改动（{old}… → {new}…）。",
            "The digests of release {release} are altered ({old}… → {new}…).",
        ),
        Text(
            "请恢复；内容变了，请重新审查，系统会登记一个新版本。",
            "Restore it; new content becomes a new release when it is reviewed.",
        ),
    ),
    "topic-removed": Wording(
        Text(
            "专题“{title}”（{id}）被删去，网址 /topic/{id}/ 会失效。",
            "The topic “{title}” ({id}) is taken out; its address /topic/{id}/ would end.",
        ),
        Text(
            "请恢复。应急结束的，写结束日期 until，页面保留；改编号或并入其他专题的，在那个专题写 aliases: [{id}]。",
            "Put it back. If an emergency is over: until, and the page stays. If it was renamed or merged: "
            "aliases: [{id}] in the topic that takes its place.",
        ),
    ),
    "department-removed": Wording(
        Text(
            "部门“{title}”的编号 {id} 被删去，网址 /department/{id}/ 会失效。",
            "The id {id} of the department “{title}” is taken out; its address /department/{id}/ would end.",
        ),
        Text(
            "请恢复；没有数据集了，页面也保留。改编号、撤销、合并的，在承接部门的 department.yml 写 aliases: [{id}]。",
            "Put it back: its page stays without a dataset, too. If it was renamed, merged or dissolved: "
            "aliases: [{id}] in department.yml of the department that takes its place.",
        ),
    ),
    "domain-removed": Wording(
        Text(
            "数据领域“{title}”的编号 {id} 被删去，网址 /domain/{id}/ 会失效。",
            "The id {id} of the domain “{title}” is taken out; its address /domain/{id}/ would end.",
        ),
        Text(
            "请恢复；没有数据集了，页面也保留。改编号或并入其他领域的，在那个领域写 aliases: [{id}]。",
            "Put it back: its page stays without a dataset, too. If it was renamed or merged: "
            "aliases: [{id}] in the domain that takes its place.",
        ),
    ),
    "ids-swapped": Wording(
        Text(
            "数据集“{one}”与“{other}”互换了编号，旧链接会指向对方。",
            "Datasets “{one}” and “{other}” exchange their ids: old links lead to the other.",
        ),
        Text("请恢复：编号一经发布不再更改。", "Undo it: an id never changes."),
    ),
}
