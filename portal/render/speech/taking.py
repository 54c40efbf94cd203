"""Words of taking data away: the downloads of a dataset, the page of everything, citations, samples."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "take_title": ("整站下载与核对", "Download everything, and check it"),
    "take_lead": (
        "一次取走全部开放数据，并核对文件是否完整、是否被改动。",
        "Take all open data at once, and check that the files are whole and unchanged.",
    ),
    "take_all": ("全部数据", "All data"),
    "take_all_text": (
        "每个数据集一个文件夹，内有 CSV 数据、数据字典、机器可读的说明和来源与许可，另附清单。",
        "a folder per dataset with CSV, data dictionary, description for machines, source and licence; and a list.",
    ),
    "take_all_button": ("下载全部数据（ZIP）", "Download everything (ZIP)"),
    "take_sets": ("{n} 个数据集", "{n} datasets"),
    "take_too_large": (
        "全部文件约 {size}，超过 {most}，不提供打包文件。请按部门下载，或按下面的清单逐个取用。",
        "All files take about {size}, more than {most}: no single file is made. Take them by department.",
    ),
    "take_one_too_large": ("约 {size}，太大，未打包", "about {size}: too large for one file"),
    "take_nothing": ("目前还没有可以打包的数据。", "There are no data to take yet."),
    "take_by_department": ("按部门", "By department"),
    "take_department": ("部门", "Department"),
    "take_count": ("数据集", "Datasets"),
    "take_file": ("打包文件", "File"),
    "take_whole": ("打包下载", "All in one file"),
    "take_verify": ("核对文件", "Check the files"),
    "take_verify_text": (
        "平台公布每个文件的 SHA-256 校验值。下载后核对，可以确认文件完整、没有被改动。",
        "The portal publishes the SHA-256 of every file, so that anybody can see that a copy is whole and unchanged.",
    ),
    "take_list": ("校验值清单", "List of checksums"),
    "take_signature": ("清单的签名", "Signature of the list"),
    "take_key": ("签名公钥", "Public key"),
    "take_statement": ("清单说明（JSON）", "About the list (JSON)"),
    "take_signed": (
        "清单由平台用 Ed25519 私钥签名，公钥指纹 {key}。请从别的渠道再核对一次这个指纹。",
        "The list is signed by the portal (Ed25519). Compare the fingerprint of the key, {key}, elsewhere.",
    ),
    "take_unsigned": (
        "清单目前没有签名：只能核对文件与清单是否一致，不能证明清单出自本平台。",
        "The list is not signed at present: it shows that files agree with it, not that it comes from this portal.",
    ),
    "take_one_file": ("核对一个文件", "Check one file"),
    "take_all_files": ("核对已下载的全部文件（在存放它们的文件夹中）", "Check all downloaded files (in their folder)"),
    "take_the_signature": ("核对清单的签名（OpenSSL 3）", "Check the signature (OpenSSL 3)"),
    "take_windows": ("Windows（PowerShell）核对一个文件", "Windows (PowerShell): check one file"),
    "take_catalogue": ("目录文件", "The catalogue"),
    "take_catalogue_text": (
        "只要目录、不要数据的，取下面的文件；给程序用的其他格式见",
        "The catalogue without the data. For other formats see ",
    ),
    "take_excel": (
        "用 Excel 打开：建议选 XLSX，编号前面的 0 不会丢。直接双击 CSV 的，请选“CSV（Excel 专用）”，中文不会乱码。",
        "For Excel take the XLSX: codes keep their leading zeros. The CSV for Excel opens with the right characters.",
    ),
    "take_formats": ("各种格式适合做什么", "What each format is good for"),
    "take_f_csv": ("通用文本表格，UTF-8，任何程序和数据库都能读", "Plain table in UTF-8 for any program or database"),
    "take_f_excel.csv": ("同上，带 Excel 识别中文的标记", "The same with the mark by which Excel knows UTF-8"),
    "take_f_xlsx": ("Excel、WPS 表格，数字、日期和编号各按类型存放", "Excel and other spreadsheets, with typed cells"),
    "take_f_json": ("网页和程序直接使用", "For web pages and programs"),
    "take_f_xml": ("与既有政务系统交换", "For exchange with existing systems"),
    "take_f_parquet": ("大数据量分析：DuckDB、pandas、Spark", "For analysis: DuckDB, pandas, Spark"),
    "take_f_zip": ("CSV、数据字典和来源说明打成一个文件", "CSV, data dictionary and source note in one file"),
    "take_f_datapackage": ("机器可读的字段说明（Data Package）", "Description for machines (Data Package)"),
    "take_curl": ("命令行下载", "On the command line"),
    "take_how_to_check": ("怎样核对", "How to check"),
    "take_cite_format": ("引用格式", "Citation style"),
    "take_cite_hint": (
        "引用日期自动填为今天；没有自动填写的，请填上您获取数据的日期。",
        "The date is today’s; where it is blank, please fill in the day on which you got the data.",
    ),
    "sample_title": ("样本数据", "Sample"),
    "r_sample": ("样本审查", "Review of the sample"),
    "sample_conditions": (
        "全部数据仅向符合下列条件的申请人提供；本页公开目录信息和样本。",
        "All of these data are given only to applicants who meet the conditions below; a sample is open to everybody.",
    ),
    "sample_badge": ("样本", "Sample"),
    "sample_text": (
        "这是样本，不是全部数据：全量 {total} 行，样本 {rows} 行（{share}）。样本无需申请，可以直接下载、查询。",
        "This is a sample, not the whole: {rows} of {total} rows ({share}). Nobody needs to apply for it.",
    ),
    "sample_method": ("抽取方法", "How it was drawn"),
    "sample_date": ("抽取日期", "Drawn on"),
    "sample_rows": ("样本行数", "Rows of the sample"),
    "sample_total": ("全量行数", "Rows of the whole"),
    "sample_digest": ("内容指纹", "Content digest"),
    "agreement": ("数据利用协议", "Agreement on use"),
    "agreement_after_approval": (
        "申请获准后，与数据开放主体签订数据利用协议。协议条款：",
        "After approval an agreement on use is concluded with the department. Its clauses:",
    ),
    "agreement_before_submit": (
        "提交申请前，须确认同意数据利用协议。",
        "Before applying, the agreement on use must be accepted.",
    ),
    "apply_delivery": (
        "获准后取得的数据只能用于申请的用途，不得转交他人。",
        "Data that were approved are for the stated use alone and may not be passed on.",
    ),
}
