"""What the form for results of use says (SHO-1): key → (Chinese, English)."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "result_title": ("提交利用成果", "Show what you made"),
    "result_lead": (
        "用这里的数据做成了应用、文章、研究或产品？告诉我们，审核后在“利用成果”页展示，并与所用的数据集互相链接。",
        (
            "Have you made an app, an article, research or a product with these data? Tell us: once accepted, it is "
            "shown with the results of use, and linked both ways with the datasets."
        ),
    ),
    "result_term": (
        "{article}规定：{promise}。不用注册。",
        "Looked at {promise} ({article}). Nothing to sign up for.",
    ),
    "result_term_plain": ("收到后{promise}。不用注册。", "Looked at {promise}. Nothing to sign up for."),
    "rs_consent_help": (
        "审核通过后公开的是：名称、制作者、类别、说明、网址、完成日期、来源标注和所用数据集。联系方式不公开。",
        (
            "Made public once accepted: title, maker, kind, description, address, day, source note and the datasets. "
            "Never your contact."
        ),
    ),
    "done_result_read": (
        "由平台工作人员审核：链接能打开、确实用了所列数据、注明了来源、内容合法。",
        (
            "The portal’s staff look at it: the link works, the data were used, the source is named, the content is "
            "lawful."
        ),
    ),
    "done_result_then": (
        '审核通过的，在<a href="{home}showcase/">利用成果</a>页展示；不采用的，说明理由。',
        'If accepted, it is shown with the <a href="{home}showcase/">results of use</a>; if not, you are told why.',
    ),
    "rs_subject": ("成果名称", "Title"),
    "rs_subject_need": ("请填写成果名称。", "Please give it a title."),
    "rs_about": ("是什么？", "What is it?"),
    "rs_about_need": ("请选择成果的类别。", "Please choose what it is."),
    "rs_about_application": ("应用、小程序或网站", "App or website"),
    "rs_about_paper": ("论文", "Paper"),
    "rs_about_report": ("报告、文章", "Report or article"),
    "rs_about_visualisation": ("可视化", "Visualisation"),
    "rs_about_product": ("产品、服务", "Product or service"),
    "rs_about_other": ("其他", "Something else"),
    "rs_maker": ("制作者", "Made by"),
    "rs_maker_help": (
        "单位名称或署名，将公开显示。",
        "The name of an organisation, or the name you go by. It is shown to everybody.",
    ),
    "rs_maker_need": ("请填写制作者：单位名称或署名。", "Please say who made it."),
    "rs_datasets": ("用了哪些数据集", "Which datasets it uses"),
    "rs_datasets_help": (
        "每行一个：名称、编号，或页面地址。最多 20 个。",
        "One a line: name, id, or the address of its page. At most 20.",
    ),
    "rs_datasets_need": ("请写明用了哪些数据集。", "Please say which datasets it uses."),
    "rs_between": ("；", "; "),
    "rs_datasets_unknown": (
        "没有找到这些数据集：{names}。请核对名称或编号。",
        "There is no such dataset: {names}. Please check the names or ids.",
    ),
    "rs_datasets_many": ("最多写 20 个数据集。", "At most 20 datasets."),
    "rs_text": ("说明", "Description"),
    "rs_text_help": ("做了什么、对谁有用。将公开显示。", "What it does, and for whom. It is shown to everybody."),
    "rs_text_need": ("请说明做了什么、对谁有用。", "Please say what it does, and for whom."),
    "rs_url": ("网址", "Address"),
    "rs_url_help": (
        "能看到成果的网页，以 http:// 或 https:// 开头。",
        "A page where it can be seen, beginning with http:// or https://.",
    ),
    "rs_url_wrong": (
        "这不像网址。请检查，例如 https://example.org/app。",
        "This does not look like an address. Please check, for example https://example.org/app.",
    ),
    "rs_finished": ("完成日期", "Day of completion"),
    "rs_finished_help": ("不填则按提交日期登记。", "Left empty, it is the day on which you send this."),
    "rs_finished_wrong": (
        "请写成 2026-11-20 这样的日期，不早于 1990 年，不晚于今天。",
        "Please write a day like 2026-11-20, not before 1990 and not after today.",
    ),
    "rs_source": ("成果里怎样注明数据来源", "How it names the source of the data"),
    "rs_source_help": (
        "例如：数据来自本平台《……》，2026 年 11 月 1 日获取。",
        "For example: data from this portal, “…”, retrieved on 1 November 2026.",
    ),
    "rs_consent": ("公开展示", "To be shown"),
    "rs_consent_yes": ("我同意审核通过后公开展示上述内容", "I agree that it is shown to everybody once accepted"),
    "rs_consent_need": ("公开展示须您同意；请勾选。", "It can be shown only if you agree: please tick the box."),
}
