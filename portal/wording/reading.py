"""Words of the rules about reading YAML files."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

EDITOR = Text(
    "字段的含义和写法见 CONTRIBUTING.md，编辑器中悬停即可看到。",
    "CONTRIBUTING.md says what each key means; editors show it as you type.",
)

FILES: dict[str, Wording] = {
    "yaml-missing": Wording(
        Text("缺少这个文件。", "This file is missing."),
        Text("请补上；可参照 tests/good/catalog 中的同名文件。", "Add it; tests/good/catalog has one to copy from."),
    ),
    "yaml-not-regular": Wording(
        Text(
            "这里应是可读的普通文件，却是符号链接、目录、设备，或没有读取权限。",
            "This is a symbolic link, a folder or a device, or nobody may read it.",
        ),
        Text("请换成真实的文件；不接受符号链接。", "Put the real file here; symbolic links are refused."),
    ),
    "yaml-too-large": Wording(
        Text("文件有 {size} KiB，超过 {limit} KiB 的上限。", "The file has {size} KiB; {limit} KiB is the limit."),
        Text("目录条目只写说明；数据请放到 datasets/ 下。", "An entry only describes; put data below datasets/."),
    ),
    "yaml-not-utf8": Wording(
        Text("从这一行起不是 UTF-8 编码。", "From this line on the text is not UTF-8."),
        Text(
            "请用编辑器“另存为 UTF-8”后再提交（常见原因：文件存成了 GBK）。",
            "Save it as UTF-8 (often it was saved as GBK).",
        ),
    ),
    "yaml-tab": Wording(
        Text("这一行有制表符（Tab）。", "There is a tab on this line."),
        Text("YAML 用空格缩进，请把 Tab 换成两个空格。", "YAML indents with blanks: use two blanks instead."),
    ),
    "yaml-hidden-character": Wording(
        Text("这一行有看不见的控制字符 {code}。", "There is an invisible control character {code} on this line."),
        Text("请删去；它会让文字显示得与实际不同。", "Remove it: it makes text look different from what it says."),
    ),
    "yaml-repeated-key": Wording(
        Text("键“{key}”写了两次，第一次在第 {first} 行。", "The key '{key}' is given twice, first on line {first}."),
        Text("请合并成一个。", "Keep one of them."),
    ),
    "yaml-anchor": Wording(
        Text("这里用了锚点或别名（& 或 *）。", "There is an anchor or alias here (& or *)."),
        Text(
            "请把内容直接写出来；以 * 或 & 开头的文字要加引号。",
            "Write the content out; quote text that begins with * or &.",
        ),
    ),
    "yaml-merge-key": Wording(
        Text("这里用了合并键（<<）。", "There is a merge key (<<) here."),
        Text("请把内容直接写出来。", "Write the content out."),
    ),
    "yaml-tag": Wording(
        Text("这里用了类型标签“{tag}”。", "There is a type tag '{tag}' here."),
        Text("请删去；以 ! 开头的文字要加引号。", "Remove it; quote text that begins with '!'."),
    ),
    "yaml-complex-key": Wording(
        Text("键必须是一个词，这里却是列表或键值。", "A key must be a word; here it is a list or a mapping."),
        Text("请改成“键: 值”的写法。", "Write 'key: value'."),
    ),
    "yaml-several-documents": Wording(
        Text("一个文件里有多份文档（---）。", "The file holds several documents (---)."),
        Text("请拆成多个文件，每个文件一份。", "Put each into a file of its own."),
    ),
    "yaml-too-deep": Wording(
        Text("嵌套超过 {limit} 层。", "The nesting is deeper than {limit} levels."),
        Text("目录条目不需要这么深，请检查括号和缩进。", "No entry needs this; look at brackets and indentation."),
    ),
    "yaml-quote": Wording(
        Text("从这一行开始的引号没有配对。", "A quotation mark opened on this line is not closed."),
        Text("请补上另一半引号；文字中间的引号不需要再加。", "Close it."),
    ),
    "yaml-escape": Wording(
        Text("双引号里的反斜杠写法不对。", "A backslash between double quotes is not understood."),
        Text(
            "正则表达式等含反斜杠的文字请改用单引号，例如 '\\d{{12}}'。", "Use single quotes for patterns: '\\d{{12}}'."
        ),
    ),
    "yaml-bracket": Wording(
        Text(
            "从这一行开始的括号没有配对，或中间少了逗号。",
            "A bracket opened here is not closed, or a comma is missing.",
        ),
        Text("请检查 [ ] 和 {{ }}，用英文逗号分隔。", "Check [ ] and {{ }}; separate with plain commas."),
    ),
    "yaml-colon": Wording(
        Text("这一行的冒号或缩进不对。", "The colon or the indentation of this line is wrong."),
        Text(
            "键后要用英文冒号加一个空格（title: 名称）；同级的键要对齐；值里有“: ”时要加引号。",
            "Write 'key: value' with a plain colon and a blank; align keys of one level; quote values with ': '.",
        ),
    ),
    "yaml-start": Wording(
        Text("这一行有以特殊符号开头的值。", "A value on this line begins with a special sign."),
        Text("以 @ ` % & * ! 开头的文字要加英文引号。", "Quote text that begins with @ ` % & * or !."),
    ),
    "yaml-indentation": Wording(
        Text("这一行的缩进不对。", "The indentation of this line is wrong."),
        Text("同级的键左边要对齐，每层多缩进两个空格。", "Align keys of one level; indent each level by two blanks."),
    ),
    "yaml-syntax": Wording(
        Text("这个文件不是有效的 YAML。", "This file is not valid YAML."),
        Text("请与 tests/good/catalog 中的文件对照。", "Compare it with the files in tests/good/catalog."),
    ),
    "yaml-empty": Wording(
        Text("文件是空的。", "The file is empty."),
        Text("请填写内容或删去文件。", "Fill it in or remove it."),
    ),
    "yaml-extension": Wording(
        Text("文件名以 .yaml 结尾。", "The file's name ends in .yaml."),
        Text("请改为 .yml，否则不会被读取。", "Rename it to .yml, or it is not read."),
    ),
    "bad-file-name": Wording(
        Text("名称“{found}”不能作编号。", "The name '{found}' can't be an identifier."),
        Text(
            "文件名（目录名）即编号：小写字母、数字和连字符，2 至 63 个字符，例如 suzhou-village-codes。",
            "File and folder names are identifiers: small letters, digits and hyphens, 2 to 63 of them.",
        ),
    ),
    "stray-file": Wording(
        Text("目录里有不认识的文件。", "There is a file here that nobody reads."),
        Text(
            "条目以 .yml 结尾；数据文件请放到 datasets/ 下；说明文字用 .md。",
            "Entries end in .yml; data go below datasets/; notes are .md.",
        ),
    ),
    "folder-missing": Wording(
        Text("缺少这个目录。", "This folder is missing."),
        Text("请建立 catalog/，其中每个部门一个子目录。", "Make catalog/ with a folder for each department."),
    ),
    "releases-without-entry": Wording(
        Text("有“{id}”的版本记录，却没有这个条目。", "There are releases of '{id}', but no such entry."),
        Text(
            "请恢复条目；撤回的数据集写入 catalog/tombstones.yml 并删去版本记录。",
            "Restore the entry, or record its withdrawal in catalog/tombstones.yml.",
        ),
    ),
}

FIELDS: dict[str, Wording] = {
    "entry-incomplete": Wording(
        Text("缺少必须填写的内容：{labels}。", "The entry lacks: {keys}."),
        Text(f"请逐项补上。{EDITOR.zh}", f"Add them all. {EDITOR.en}"),
    ),
    "missing-keys": Wording(
        Text("这里缺少：{labels}。", "Missing here: {keys}."),
        Text("请补上。{hint}", "Add them."),
    ),
    "unknown-key": Wording(
        Text("不认识的键“{key}”。", "The key '{key}' is not known."),
        Text(f"{{near}}请改正或删去。{EDITOR.zh}", f"{{near_en}} Correct or remove it. {EDITOR.en}"),
    ),
    "key-from-name": Wording(
        Text("“{key}”由文件和目录的名称决定，不写在文件里。", "'{key}' comes from the names of file and folder."),
        Text("请删去这一行。", "Remove this line."),
    ),
    "empty-key": Wording(
        Text("“{title}”（{key}）没有填写。", "'{key}' is empty."),
        Text(
            '请填写，或删去这一行；要表示空文字写 ""。{hint}',
            'Fill it in or remove the line; write "" for an empty text.{eg}',
        ),
    ),
    "not-text": Wording(
        Text("“{title}”（{key}）应是一段文字，却写成了列表或键值。", "'{key}' must be a text, not a list or mapping."),
        Text("请写成一行文字。{hint}", "Write it as text.{eg}"),
    ),
    "not-a-list": Wording(
        Text("“{title}”（{key}）应是列表。", "'{key}' must be a list."),
        Text("请用 [ ] 或逐行以“- ”开头。{hint}", "Use [ ] or lines that begin with '- '.{eg}"),
    ),
    "not-a-mapping": Wording(
        Text("“{title}”（{key}）应是若干“键: 值”。", "'{key}' must be a mapping."),
        Text("请在下一行缩进两格，逐行写“键: 值”。{hint}", "Write indented lines of 'key: value'.{eg}"),
    ),
    "not-a-mapping-file": Wording(
        Text("文件应由“键: 值”组成。", "The file must be a mapping."),
        Text(f"第一行形如 title: 名称。{EDITOR.zh}", f"Its first line looks like 'title: …'. {EDITOR.en}"),
    ),
    "not-a-list-file": Wording(
        Text("文件应是列表。", "The file must be a list."),
        Text("每一项以“- ”开头。", "Each item begins with '- '."),
    ),
    "wrong-choice": Wording(
        Text("“{title}”（{key}）的值“{found}”不在可选范围内。", "'{key}' can't be '{found}'."),
        Text("{write}可选：{choices}。", "{write_en} Choose one of: {choices_en}."),
    ),
    "wrong-date": Wording(
        Text("“{title}”（{key}）的日期“{found}”不对。", "'{found}' is no date for '{key}'."),
        Text("请写成 2023-06-30 这样的公历日期，且日期须存在。", "Write an existing day like 2023-06-30."),
    ),
    "wrong-number": Wording(
        Text("“{title}”（{key}）应是整数，不是“{found}”。", "'{key}' must be a whole number, not '{found}'."),
        Text("请改正。{hint}", "Correct it.{eg}"),
    ),
    "wrong-yes-no": Wording(
        Text("“{title}”（{key}）应是 true 或 false，不是“{found}”。", "'{key}' must be true or false, not '{found}'."),
        Text("请写 true 或 false。", "Write true or false."),
    ),
    "wrong-pattern": Wording(
        Text("“{title}”（{key}）的写法“{found}”不对。", "'{found}' is not how '{key}' is written."),
        Text("{hint}", "Correct it.{eg}"),
    ),
    "too-short": Wording(
        Text("“{title}”（{key}）太短，至少 {limit} 个字。", "'{key}' is too short: at least {limit} characters."),
        Text("请写完整。{hint}", "Write it in full.{eg}"),
    ),
    "too-long": Wording(
        Text("“{title}”（{key}）太长，最多 {limit} 个字。", "'{key}' is too long: at most {limit} characters."),
        Text("请精简，细节写到摘要或说明里。", "Shorten it; details belong into the summary or description."),
    ),
    "too-few": Wording(
        Text("“{title}”（{key}）至少要有 {limit} 项。", "'{key}' needs at least {limit} items."),
        Text("请补上。{hint}", "Add what is missing.{eg}"),
    ),
    "too-many": Wording(
        Text("“{title}”（{key}）最多 {limit} 项。", "'{key}' has more than {limit} items."),
        Text("请删减，或拆成几个文件、几个数据集。", "Take some out, or split the file or the dataset."),
    ),
    "unknown-profile": Wording(
        Text("没有名为“{found}”的城市规则。", "There are no city rules named '{found}'."),
        Text("可选：{choices}。", "Choose one of: {choices}."),
    ),
}

WORDING: dict[str, Wording] = {**FILES, **FIELDS}
