"""What the page of the portal's own score says."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "sc_title": ("平台自评", "How this portal scores itself"),
    "sc_lead": (
        "别人用来评价开放平台的几把尺子，每次发布时平台自己先量一遍。得分由本次发布的内容算出，每一条都连到凭据；没做到的写“否”。",
        (
            "The measures by which others judge open-data portals, taken by the portal itself with each release: "
            "computed from what it holds, each line linked to what earns it; what is not done is a no."
        ),
    ),
    "sc_sums_of": ("{yes}/{of} 条做到", "{yes} of {of} met"),
    "sc_points": ("{points}/{maximum} 分，{band}", "{points} of {maximum}, {band}"),
    "sc_mqa": ("MQA：元数据质量评估（405 分）", "MQA: metadata quality assessment (405 points)"),
    "sc_mqa_about": (
        "欧洲数据门户的算法，由 {datasets} 个数据集、{files} 个文件的目录描述算出；本次发布中有的地址算作可以访问。",
        (
            "The method of data.europa.eu, computed from the description of {datasets} datasets and {files} files; "
            "an address that lies in this release counts as answering."
        ),
    ),
    "sc_mqa_source": ("算法说明", "The method"),
    "sc_metric": ("指标", "Metric"),
    "sc_got": ("得分", "Points"),
    "sc_share": ("达到的比例", "Share"),
    "sc_how": ("怎样判断", "How it is judged"),
    "sc_lacking": ("{n} 个数据集在此失分，如：", "{n} datasets lose points here, such as "),
    "sc_line": ("条目", "Line"),
    "sc_verdict": ("做到", "Met"),
    "sc_yes": ("是", "Yes"),
    "sc_no": ("否", "No"),
    "sc_found": ("现状", "As it is"),
    "sc_proof": ("凭据", "Shown by"),
    "sc_missing": ("本次发布中没有：", "Not in this release: "),
    "sc_dwbp_about": (
        "编号与原文一致，名称为本平台的译法。",
        "Numbered as in the recommendation; the wording is ours.",
    ),
    "sc_opendata_about": (
        "名称依 2021 年上半年公布的一级指标；二级指标和权重未能核实，只答是否，不计分。判断标准由平台自定，逐条写明。",
        (
            "First-level indicators as published for the first half of 2021. Their second level and weights could not "
            "be verified, hence yes or no and no points. What counts as a yes is ours and stands in each line."
        ),
    ),
    "sc_file": ("机器可读：", "for machines: "),
}
