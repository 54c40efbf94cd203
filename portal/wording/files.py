"""Words of the rules about data files as files: opening, encodings, spreadsheets, JSON."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

__all__ = ["WORDING"]


def _row(message: tuple[str, str], advice: tuple[str, str]) -> Wording:
    return Wording(Text(*message), Text(*advice))


OPENING: dict[str, Wording] = {
    "file-missing": _row(
        ("找不到数据文件 {file}。", "The data file {file} does not exist."),
        (
            "请核对 path（从 datasets/<部门>/ 之后写起）与文件名是否一致（区分大小写），文件是否已随本次修改一并提交。",
            "Compare `path` with the name below datasets/<department>/ (case matters); is it part of this change?",
        ),
    ),
    "file-outside": _row(
        ("路径 {file} 指向了部门文件夹之外。", "The path {file} leaves the department's folder."),
        (
            "path 只写 datasets/<部门>/ 之下的相对路径，不能含“..”、反斜线，也不能以斜线开头。",
            "Write a path below datasets/<department>/, without '..', backslash or leading slash.",
        ),
    ),
    "file-link": _row(
        ("{file} 的路径中“{part}”是符号链接，不予读取。", "'{part}' in {file} is a symbolic link and is not followed."),
        ("请把真实文件放到该位置，不要使用链接。", "Put the real file there instead of a link."),
    ),
    "file-not-regular": _row(
        ("文件不是普通文件（{reason}）。", "The file is no regular file ({reason_en})."),
        ("请换成真实的数据文件。", "Replace it with a real data file."),
    ),
    "file-empty": _row(
        ("文件是空文件（0 字节）。", "The file is empty (0 bytes)."),
        (
            "请重新导出数据并提交；确实没有数据的，请先不要编制该条目。",
            "Export the data again, or leave the entry out.",
        ),
    ),
    "file-too-large": _row(
        ("文件大小为 {size}，超过上限 {limit}。", "The file has {size}, more than the limit of {limit}."),
        (
            "请按年份或区县拆成几个文件，第二个起写 append: true。",
            "Split it by year or area into several files; from the second on, write `append: true`.",
        ),
    ),
    "file-pointer": _row(
        ("文件是 Git LFS 指针，不是数据本身。", "The file is a Git LFS pointer, not the data."),
        (
            "请把文件本身提交到仓库（git lfs untrack 后重新添加），平台不下载外部存储。",
            "Commit the file itself (git lfs untrack, then add it again); the portal fetches nothing.",
        ),
    ),
    "file-format": _row(
        ("{file} 的格式“{ending}”不在支持之列。", "The format '{ending}' of {file} is not supported."),
        ("请转换为以下格式之一：{formats}。", "Convert it to one of: {formats}."),
    ),
    "file-extension": _row(
        (
            "文件的扩展名与内容不符，内容实际是 {real}。",
            "The ending does not match its content, which is {real}.",
        ),
        (
            "请用电子表格软件打开，另存为正确的格式；不要直接改扩展名。",
            "Open it in a spreadsheet program and save it in the right format; don't just rename it.",
        ),
    ),
    "file-undeclared": _row(
        ("没有目录条目用到这个文件。", "No entry uses this file."),
        (
            "请在 catalog/ 下为它写目录条目（见 CONTRIBUTING.md），或把它移走：仓库公开后任何人都能看到它。",
            "Write an entry for it below catalog/ (CONTRIBUTING.md), or take it out: everybody can see the repository.",
        ),
    ),
    "file-declared-twice": _row(
        ("{file} 被引用了两次，另一处在 {other}。", "{file} is used twice; the other place is {other}."),
        ("一个数据文件只属于一个条目，请删去其中一处。", "A data file belongs to one entry; remove one of them."),
    ),
}

TEXT: dict[str, Wording] = {
    "file-binary": _row(
        ("文件含有 NUL 字节，不是文本文件。", "The file holds NUL bytes; it is no text file."),
        (
            "请检查文件是否损坏或只写入了一半；重新导出为 UTF-8 编码的 CSV。",
            "Check whether it is damaged or only half written; export it again as CSV in UTF-8.",
        ),
    ),
    "encoding-utf16": _row(
        ("文件是 UTF-16（Windows 称“Unicode 文本”）编码。", "The file is in UTF-16 (Windows: 'Unicode text')."),
        (
            "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”，或在记事本另存时选择 UTF-8。",
            "In Excel save it as 'CSV UTF-8'; in Notepad choose UTF-8 when saving.",
        ),
    ),
    "encoding-mixed": _row(
        (
            "文件混用了两种编码：多数行是 {main}，第 {lines} 行是 {other}。",
            "The file mixes two encodings: most lines are {main}, lines {lines} are {other}.",
        ),
        (
            "多半是两个文件拼接而成。请用同一种编码（建议 UTF-8）重新导出全部数据。",
            "It was probably pasted together. Export all of it in one encoding, best UTF-8.",
        ),
    ),
    "encoding-broken": _row(
        (
            "文件按 {encoding} 编码有无法识别的字节，在第 {lines} 行。",
            "The file has bytes that are no {encoding}, in lines {lines}.",
        ),
        (
            "这些行的汉字可能被截断。请改正这些行，或以 UTF-8 编码重新导出。",
            "A character was probably cut in half. Mend these lines, or export the file again in UTF-8.",
        ),
    ),
    "quote-broken": _row(
        (
            "文件从第 {number} 行开始的记录引号不配对。",
            "The quotes of the record that begins in line {number} do not match.",
        ),
        (
            '单元格内的引号须写成两个引号（""），整个单元格再用引号括起；建议用电子表格软件重新导出 CSV。',
            'Write a quote inside a cell twice ("") and put the cell in quotes; best export the CSV again.',
        ),
    ),
    "record-too-long": _row(
        ("文件有一条记录超过 2 MiB。", "A record is longer than 2 MiB."),
        (
            "多半是某个引号没有闭合，或文件没有换行。请检查该行。",
            "A quote is probably not closed, or the file has no line breaks. Look at that line.",
        ),
    ),
    "table-empty": _row(
        ("文件中没有表头，也没有数据。", "The file holds no header and no rows."),
        ("请确认导出时选对了工作表或查询结果。", "Check that the right sheet or result was exported."),
    ),
    "json-broken": _row(
        ("文件不是完整的 JSON，第 {number} 行记录处出错。", "The file is no valid JSON, at record {number}."),
        ("请检查括号、逗号和引号，或重新导出。", "Check brackets, commas and quotes, or export it again."),
    ),
    "json-shape": _row(
        (
            "文件不是由平面对象组成的 JSON 数组，第 {number} 行记录处不符。",
            "The file is no JSON array of flat objects, at record {number}.",
        ),
        (
            '请写成 [{{"列名": 值, …}}, …]：每行一个对象，值只能是文字、数字、true/false 或 null，键不重复。',
            'Write [{{"column": value, …}}, …]: values are text, numbers, true, false or null; no key twice.',
        ),
    ),
    "json-keys": _row(
        (
            "文件第 {number} 行记录的键与首个对象不同：多出 {extra}，缺少 {missing}。",
            "The keys of record {number} differ from the first object's: more {extra}, missing {missing}.",
        ),
        ("每个对象的键须相同；没有值的写 null。", "Every object needs the same keys; write null for no value."),
    ),
}

WORKBOOKS: dict[str, Wording] = {
    "workbook-encrypted": _row(
        ("文件设有打开密码。", "The file is protected by a password."),
        ("请去掉密码后重新保存：开放的数据不能加密。", "Save it without a password: open data are not encrypted."),
    ),
    "workbook-broken": _row(
        ("文件无法打开，文件已损坏（{reason}）。", "The file can't be opened; it is damaged ({reason})."),
        (
            "请用电子表格软件打开并另存一份，或改用 CSV。",
            "Open it in a spreadsheet program and save a copy, or use CSV.",
        ),
    ),
    "workbook-bomb": _row(
        (
            "文件解压后达 {unpacked}（{ratio} 倍，{members} 个部件），超出限度，未予打开。",
            "The file unpacks to {unpacked} ({ratio} times, {members} parts), beyond the limit; it was not opened.",
        ),
        (
            "请删去无内容的格式区域和嵌入对象后另存，或导出为 CSV。",
            "Remove formatted but empty areas and embedded objects, or export it as CSV.",
        ),
    ),
    "workbook-too-large": _row(
        ("工作簿大小为 {size}，超过上限 {limit}。", "The workbook has {size}, limit {limit}."),
        ("请导出为 CSV 再提交。", "Export it as CSV."),
    ),
    "workbook-memory": _row(
        ("读取此文件需要的内存超过 {limit}。", "Reading the file takes more memory than {limit}."),
        (
            "表格远端可能有零星单元格撑大了范围。请删去多余的行列，或导出为 CSV。",
            "A stray cell far away may stretch the sheet. Delete needless rows and columns, or export it as CSV.",
        ),
    ),
    "workbook-too-slow": _row(
        ("文件读了 {seconds} 秒仍未读完。", "The file was not read within {seconds} seconds."),
        ("请导出为 CSV 再提交。", "Export it as CSV."),
    ),
    "workbook-sheet": _row(
        ("{file} 中没有工作表“{sheet}”，现有：{names}。", "{file} has no sheet '{sheet}', only: {names}."),
        ("请改正条目中的 sheet。", "Correct `sheet` in the entry."),
    ),
    "workbook-sheets": _row(
        ("{file} 有几张有内容的工作表：{names}。", "{file} has several sheets with content: {names}."),
        (
            "请在条目中用 sheet 写明读哪一张；其余的请各自成为一个文件，或删去。",
            "Name the one to read with `sheet`; make the others files of their own, or delete them.",
        ),
    ),
    "workbook-merged": _row(
        ("文件有 {count} 处合并单元格：{places}。", "Merged areas in the file ({count}): {places}."),
        (
            "请取消合并，并在每一行都填上值；标题行、备注行请移出表格，首行只留列名。",
            "Unmerge them and fill in every row; move titles and notes out, the first row holds only column names.",
        ),
    ),
    "workbook-errors": _row(
        (
            "文件有 {count} 个单元格是公式错误（如 #DIV/0!）：{places}。",
            "Cells with an error such as #DIV/0! ({count}): {places}.",
        ),
        ("请改正公式，或把结果粘贴为数值。", "Mend the formulas, or paste the results as values."),
    ),
    "workbook-digits": _row(
        (
            "文件第 {number} 行“{field}”列是以数字保存的长编号，15 位以后已变成 0（共 {count} 处）。",
            "'{field}', row {number}: a long code stored as a number, cut after 15 digits (cells: {count}).",
        ),
        (
            "请在电子表格中先把该列设为“文本”，再从原系统重新导出；已丢失的位数无法恢复。",
            "Set the column to 'Text' first and export it again from the source; lost digits can't be restored.",
        ),
    ),
    "workbook-numbers": _row(
        (
            "“{field}”列声明为文字，但有 {count} 个单元格以数字保存，前导 0 可能已丢失。",
            "'{field}' is text, but stored as numbers (cells: {count}); leading zeros may be lost.",
        ),
        (
            "请核对编号位数；若有缺失，把该列设为“文本”后重新导出。",
            "Check the length of the codes; if digits are missing set the column to 'Text' and export it again.",
        ),
    ),
}

WORDING: dict[str, Wording] = {**OPENING, **TEXT, **WORKBOOKS}
