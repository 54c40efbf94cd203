"""What the fields of the forms are called, ask for and complain about: key → (Chinese, English).

`KEY` is the label, `KEY_help` the hint, `KEY_need` what is said when it is missing, `KEY_VALUE` a choice.
"""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "unclean": (
        "{name}中有无法显示的控制字符，请删去后重新填写。",
        "{name}: there are control characters in it. Please delete them and type it again.",
    ),
    "short": (
        "{name}写得太短了，请至少写 {least} 个字。",
        "{name}: that is too short, please write at least {least} characters.",
    ),
    "long": (
        "{name}最多 {most} 个字，现在多了 {over} 个字。",
        "{name}: at most {most} characters, and there are {over} too many.",
    ),
    # -- what all forms share
    "reply": ("需要我们答复您吗？", "Shall we answer you?"),
    "reply_no": ("不用，我凭回执码自己查询", "No, I look it up by my receipt code"),
    "reply_yes": ("需要，请与我联系", "Yes, please contact me"),
    "reply_need": ("请选择是否需要答复。", "Please say whether you want an answer."),
    "contact": ("联系方式", "Contact"),
    "contact_help": (
        "手机号、固定电话或邮箱，填一项即可。仅用于答复这一件事，加密保存，办结 6 个月后删除。",
        (
            "A telephone number or an e-mail address. Used only to answer this case, kept encrypted, erased 6 months "
            "after it is closed."
        ),
    ),
    "contact_wrong": (
        "这不像手机号、固定电话或邮箱。请检查，例如 13800000000、0512-65000000、name@example.com。",
        (
            "This looks like neither a telephone number nor an e-mail address. Please check, for example "
            "13800000000, +44 20 7946 0000, name@example.com."
        ),
    ),
    "contact_missing": (
        "您选择了需要答复，请填写联系方式；不想留联系方式，请改选“不用”。",
        "You asked for an answer: please leave a contact, or choose “No”.",
    ),
    "contact_due": (
        "请填写联系方式：按规定，处理结果须告知您本人。",
        "Please leave a contact: by law the outcome must be told to you.",
    ),
    "trap": ("请不要填写这一栏", "Please leave this empty"),
    # -- correction
    "co_dataset": ("数据集", "Dataset"),
    "co_dataset_help": (
        "名称、编号，或它的页面地址。从数据集页面进入时会自动填好。",
        "Its name, its id or the address of its page. Filled in when you come from the dataset’s page.",
    ),
    "co_dataset_need": (
        "请填写数据集的名称、编号或页面地址。",
        "Please give the dataset’s name, its id or the address of its page.",
    ),
    "co_dataset_unknown": (
        "没有找到这个数据集。请核对名称或编号；也可以从数据集页面点“发现错误？”进入。",
        (
            "There is no such dataset. Please check the name or id, or come here from the dataset’s page by “Found "
            "an error?”."
        ),
    ),
    "co_table": ("表", "Table"),
    "co_about": ("是什么问题？", "What is the matter?"),
    "co_about_need": ("请选择是哪一类问题。", "Please choose what the matter is."),
    "co_field": ("哪一列", "Which column"),
    "co_field_help": (
        "列名，例如：联系电话。整行或整表的问题可以不填。",
        "Its name. Leave it empty where the whole row or table is concerned.",
    ),
    "co_row": ("哪一行", "Which row"),
    "co_row_help": (
        "行号，或能认出这一行的内容，例如：编号为 320505001 的一行。",
        "Its number, or what the row can be known by, for example: the row with id 320505001.",
    ),
    "co_text": ("哪里不对", "What is wrong"),
    "co_text_help": (
        "现在写的是什么、为什么不对。请不要写身份证号等个人信息。",
        "What it says now, and why that is wrong. Please write no personal data such as identity numbers.",
    ),
    "co_text_need": ("请写明哪里不对，我们才能去核实。", "Please say what is wrong, so that it can be checked."),
    "co_expected": ("应当是什么", "What it should be"),
    "co_expected_help": ("如果您知道正确的内容。", "If you know."),
    "co_evidence": ("依据", "Evidence"),
    "co_evidence_help": (
        "网页地址、文件名称或文号，有助于更快核实。",
        "The address of a page, or the name or number of a document, helps to check it sooner.",
    ),
    # -- opinion
    "op_about": ("关于什么？", "What is it about?"),
    "op_about_need": ("请选择意见是关于什么的。", "Please choose what it is about."),
    "op_about_portal": ("平台使用", "Using the portal"),
    "op_about_data": ("数据开放工作", "What data are opened, and how"),
    "op_about_other": ("其他", "Something else"),
    "op_subject": ("一句话概括", "In one sentence"),
    "op_subject_need": ("请用一句话概括您的意见。", "Please sum your opinion up in one sentence."),
    "op_text": ("具体意见", "In detail"),
    "op_text_help": (
        "遇到了什么、希望怎样改进。请不要写身份证号等个人信息。",
        "What happened, and what you would like instead. Please write no personal data such as identity numbers.",
    ),
    "op_text_need": ("请写下您的意见或建议。", "Please write down your opinion or suggestion."),
    # -- request
    "re_subject": ("您想要什么数据？", "Which data do you want?"),
    "re_subject_help": (
        "一句话说清，例如：全市公共停车场的位置和泊位数。",
        "In one sentence, for example: location and size of all public car parks in the city.",
    ),
    "re_subject_need": ("请写明您想要什么数据。", "Please say which data you want."),
    "re_items": ("希望包含哪些内容", "What should be in them"),
    "re_items_help": (
        "例如：名称、地址、泊位总数、收费标准、更新时间。",
        "For example: name, address, number of places, prices, time of the last update.",
    ),
    "re_text": ("打算怎么用", "What you want them for"),
    "re_text_help": (
        "用在哪里、解决什么问题。请不要写身份证号等个人信息。",
        "Where they are used, what they solve. Please write no personal data such as identity numbers.",
    ),
    "re_text_need": (
        "请写明打算怎么用，责任单位据此评估能否开放。",
        "Please say what you want them for: it is needed to assess whether they can be opened.",
    ),
    "re_holder": ("可能由哪个单位掌握", "Who may hold them"),
    "re_holder_help": ("不清楚可以不填，由平台确定。", "If you don’t know, leave it empty: the portal finds out."),
    "re_urgency": ("什么时候要用？", "When do you need them?"),
    "re_urgency_need": ("请选择什么时候要用。", "Please choose when you need them."),
    "re_urgency_normal": ("不急", "No hurry"),
    "re_urgency_soon": ("三个月内要用", "Within three months"),
    "re_urgency_urgent": ("一个月内要用", "Within a month"),
    # -- looking up
    "lo_code": ("回执码", "Receipt code"),
    "lo_code_help": (
        "提交成功时给您的 16 位字母和数字，形如 ABCD-2345-EFGH-6789。",
        "The 16 letters and digits that you were given, like ABCD-2345-EFGH-6789.",
    ),
    "lo_code_need": ("请填写回执码。", "Please enter the receipt code."),
    "lo_code_wrong": (
        "回执码有误：应为 16 位，不含 0、1、I、L、O。请逐位核对。",
        (
            "This is no receipt code: it has 16 characters, and none of 0, 1, I, L and O. Please check it character "
            "by character."
        ),
    ),
    "lo_code_number": (
        "这是受理编号。请填写回执码：提交成功时和它一起给您的 16 位字母和数字。",
        "This is the case number. Please enter the receipt code: the 16 letters and digits given to you beside it.",
    ),
    "lo_four": ("联系方式的后四位", "Last four characters of the contact"),
    "lo_four_help": (
        "手机号或电话的最后四位；邮箱为 @ 前面的最后四位。提交时没有留联系方式，就不用填。",
        (
            "Of a telephone number its last four digits, of an e-mail address the last four characters before the @. "
            "Leave it empty if you left no contact."
        ),
    ),
}
