"""What the pages of the forms say, except the fields' own words: key → (Chinese, English). `{…}` is filled in."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "html_lang": ("zh-Hans-CN", "en"),
    "other_language": ("English", "中文"),
    "home": ("首页", "Home"),
    "here": ("您在这里", "You are here"),
    "required": ("必填", "required"),
    "optional": ("选填", "optional"),
    "send": ("提交", "Send"),
    "wrong_title": ("有错误：{title}", "Please check: {title}"),
    "errors_one": ("有 1 处需要改", "One thing to mend"),
    "errors_many": ("有 {n} 处需要改", "{n} things to mend"),
    "not_sent": ("还没有提交", "Not sent yet"),
    # -- the way in
    "forms_title": ("反馈与申请", "Feedback and requests"),
    "forms_lead": (
        "不用注册。提交后会得到一个回执码，凭它查询办理进度。",
        "Nothing to sign up for. You get a receipt code, and can follow your case with it.",
    ),
    "forms_choose": ("您可以", "You can"),
    "forms_correction": (
        "数据有错误、遗漏，或者您不同意其中的内容。",
        "Something in the data is wrong or missing, or you object to it.",
    ),
    "forms_correction_term": ("{promise}。", "Handled {promise}."),
    "forms_request": ("目录里没有您要的数据。", "The data you want are not in the catalogue."),
    "forms_request_term": ("{promise}。", "You are told the outcome {promise}."),
    "forms_opinion": ("平台怎样更好用，数据怎样更有用。", "How the portal and its data could serve you better."),
    "forms_result": (
        "用这里的数据做成了应用、文章或研究，请让大家看到。",
        "An app, an article or research made with these data: let others see it.",
    ),
    "forms_case": (
        "凭回执码查看办到哪一步、什么时候有结果。",
        "How far your case is and when there will be a result, by receipt code.",
    ),
    # -- correction
    "correction_title": ("数据纠错", "Report an error"),
    "correction_lead": (
        "发现数据有错误、遗漏，或者不同意其中的内容，请告诉我们。",
        "Something is wrong or missing in the data, or you object to it? Please tell us.",
    ),
    "correction_term": (
        "{article}规定：{promise}。不用注册。",
        "Handled {promise} ({article}). Nothing to sign up for.",
    ),
    "correction_term_plain": ("收到后{promise}。不用注册。", "Handled {promise}. Nothing to sign up for."),
    "correction_dataset": ("数据集", "Dataset"),
    "correction_by": ("由{department}核实", "Checked by {department}"),
    "correction_near": ("您要找的是不是：", "Did you mean:"),
    # -- opinion
    "opinion_title": ("意见建议", "Your opinion"),
    "opinion_lead": (
        "哪里不好用、还缺什么、怎样更好，都可以写。",
        "What is hard to use, what is missing, what could be better: all of it is welcome.",
    ),
    "opinion_term": ("{article}规定：{promise}。", "Handled {promise} ({article})."),
    "opinion_term_plain": ("收到后{promise}。不用注册。", "Handled {promise}. Nothing to sign up for."),
    "opinion_other": (
        '某个数据集有错误，请用<a href="{forms}correction/">数据纠错</a>。',
        'For an error in a dataset, use <a href="{forms}correction/">Report an error</a>.',
    ),
    # -- request
    "request_title": ("申请目录外数据", "Ask for data"),
    "request_lead": (
        "目录里没有您要的数据？写下来，由掌握数据的单位评估能否开放。",
        (
            "The data you want are not in the catalogue? Say which, and whoever holds them assesses whether they can "
            "be opened."
        ),
    ),
    "request_term": ("{article}规定：{promise}。", "You are told the outcome {promise} ({article})."),
    "request_term_plain": ("收到后{promise}。", "You are told the outcome {promise}."),
    "request_before": (
        "提交前会先为您找一找目录里相近的数据。",
        "Before it is sent, we look for something like it in the catalogue.",
    ),
    "request_next": ("下一步：看看有没有相近的数据", "Next: look for similar data"),
    "check_title": ("提交前请看一看", "Before you send it"),
    "check_found_one": (
        "目录里有 1 项相近的数据，也许正是您要的，可以直接下载。",
        "The catalogue has one dataset like it. It may be what you want, free to download.",
    ),
    "check_found": (
        "目录里有 {n} 项相近的数据，也许正是您要的，可以直接下载。",
        "The catalogue has {n} datasets like it. One of them may be what you want, free to download.",
    ),
    "check_none": (
        "目录里没有找到相近的数据，可以提交。",
        "Nothing like it is in the catalogue. You can send your request.",
    ),
    "check_similar": ("相近的数据", "Similar data"),
    "check_yours": ("您写的是", "What you wrote"),
    "check_send": ("都不是我要的，提交", "None of these: send my request"),
    "check_edit": ("返回修改", "Go back and edit"),
    # -- after sending
    "done_title": ("已收到，谢谢您", "Received. Thank you"),
    "done_again": ("这份内容之前已经提交过，没有重复登记。", "You have sent this before. It is not registered twice."),
    "number": ("受理编号", "Case number"),
    "code": ("回执码", "Receipt code"),
    "done_code": (
        (
            '<strong>回执码只显示这一次。</strong>请现在抄下、截图或打印。凭回执码可以<a href="{forms}case/">查询办理'
            "进度和结果</a>，不要告诉别人。受理编号可以公开，只凭它看不到您的内容。"
        ),
        (
            "<strong>The receipt code is shown only once.</strong> Write it down or print it now. With it you can <a "
            'href="{forms}case/">look up progress and result</a>; tell it to nobody. The case number is public and '
            "opens nothing."
        ),
    ),
    "done_code_contact": (
        (
            "<strong>回执码只显示这一次。</strong>请现在抄下、截图或打印。凭回执码和联系方式的后四位可以"
            '<a href="{forms}case/">查询办理进度和结果</a>，不要告诉别人。受理编号可以公开，只凭它看不到您的内容。'
        ),
        (
            "<strong>The receipt code is shown only once.</strong> Write it down or print it now. With it and the "
            'last four characters of your contact you can <a href="{forms}case/">look up progress and result</a>; '
            "tell it to nobody. The case number is public and opens nothing."
        ),
    ),
    "done_no_code": (
        "回执码已在首次提交时显示过，不再重复显示。",
        "The receipt code was shown when you first sent this, and is not shown again.",
    ),
    "done_next": ("接下来", "What happens next"),
    "done_request_authority": (
        "由公共数据主管部门转交掌握数据的单位。",
        "The public data authority passes it to whoever holds the data.",
    ),
    "done_request_platform": (
        "平台确定由哪个单位办理，并转交给它。",
        "The portal finds out who holds the data, and passes it on.",
    ),
    "done_request_assess": (
        "该单位评估能否开放：涉及国家秘密、商业秘密、个人隐私的不能开放。",
        "They assess whether the data can be opened: state secrets, trade secrets and private life can’t be.",
    ),
    "done_correction_to": (
        "转交<strong>{department}</strong>核实。",
        "It goes to <strong>{department}</strong>, who check it.",
    ),
    "done_correction_publisher": ("转交数据开放主体核实。", "It goes to the publisher of the data, who checks it."),
    "done_correction_then": (
        "确有错误的，更正后重新发布；没有错误的，说明理由。",
        "An error is mended and the data are published anew; if there is none, you are told why.",
    ),
    "done_opinion_read": (
        "由平台运营人员阅读，需要其他单位办理的会转交。",
        "The portal’s staff read it, and pass it on where somebody else has to act.",
    ),
    "done_due": (
        (
            "最晚 <strong>{due}</strong> 前处理完毕（{article}：{promise}，从收到的次日起算，节假日不计、调休上班日计"
            "入）。"
        ),
        (
            "It is handled by <strong>{due}</strong> at the latest ({article}: {promise}, counted from the day after "
            "receipt, working days only)."
        ),
    ),
    "done_due_request": (
        (
            "最晚 <strong>{due}</strong> 前告知您结果（{article}：{promise}，从收到的次日起算，节假日不计、调休上班日"
            "计入）。"
        ),
        (
            "You are told the outcome by <strong>{due}</strong> at the latest ({article}: {promise}, counted from "
            "the day after receipt, working days only)."
        ),
    ),
    "done_no_term": ("法规没有规定期限，我们会{promise}。", "No law sets a day; it is handled {promise}."),
    "provisional": ("暂定", "provisional"),
    "done_provisional": (
        "明年的放假安排还没有公布，这里按可能的最早日期计算；公布后可能顺延，不会提前。",
        (
            "Next year’s public holidays are not announced yet. This is the earliest day possible; it may become "
            "later, never earlier."
        ),
    ),
    "done_longer": (
        "情况复杂、经与您协商并经批准的，可以延长，最长 {n} 个工作日。",
        "A complex case may take longer, if you are consulted and it is approved: {n} working days at most.",
    ),
    "done_told": (
        "有结果时按您留的联系方式告知，也可以自己查询。",
        "You are told the result through the contact you left, and can look it up yourself.",
    ),
    "done_address": ("查询办理进度的网址：", "To look up your case: "),
    "done_look": (
        "您没有留联系方式，请凭回执码查询结果。",
        "You left no contact: please look the result up by your receipt code.",
    ),
    "back_dataset": ("回到数据集", "Back to the dataset"),
    "back_home": ("回到首页", "Back to the home page"),
    # -- looking up
    "case_title": ("查询办理进度", "Look up a case"),
    "case_lead": ("填写提交成功时给您的回执码。", "Enter the receipt code that you were given."),
    "case_button": ("查询", "Look up"),
    "case_lost": (
        "回执码丢失后无法找回：我们没有保存它的原文。可以重新提交一次。",
        "A lost code can’t be found again: we do not keep it. You can send your case once more.",
    ),
    "case_none": ("没有查到", "Not found"),
    "case_not_found": (
        "没有找到对应的事项。请核对回执码和联系方式的后四位。",
        "There is no such case. Please check the receipt code and the last four characters of the contact.",
    ),
    "case_too_often": ("查询太频繁了，请一分钟后再试。", "Too many look-ups. Please try again in a minute."),
    "case_heading": ("{kind}：{state}", "{kind}: {state}"),
    "case_due": ("最晚 <strong>{due}</strong> 办理完毕", "Handled by <strong>{due}</strong> at the latest"),
    "case_provisional": (
        "明年的放假安排还没有公布，日期按可能的最早一天计算；公布后可能顺延，不会提前。",
        "Next year’s public holidays are not announced yet: this is the earliest day possible, and may become later.",
    ),
    "case_result": ("办理结果", "Result"),
    "case_reason": ("理由", "Reason"),
    "case_ground": ("依据", "Ground"),
    "case_link": ("链接", "Link"),
    "case_opened": ("开放的数据集", "Opened dataset"),
    "case_steps": ("办理经过", "What happened so far"),
    "case_sent": ("您提交的内容", "What you sent"),
    "case_subject": ("事项", "Subject"),
    "case_text": ("内容", "Text"),
    # -- what is done with what people send
    "privacy": (
        (
            "<strong>我们怎样对待您的信息。</strong>由{authority}和{portal}收集，只用于核实、办理和答复这一件事。联系"
            "方式加密保存，办结 6 个月后删除；您写的内容不含联系方式部分保存 3 年。公开办理情况时不含您的任何个人信息"
            "。想提前删除，凭回执码告诉我们即可。"
        ),
        (
            "<strong>What we do with it.</strong> {authority} and {portal} collect it, only to check, handle and "
            "answer this one case. Your contact is kept encrypted and erased 6 months after the case is closed; what "
            "you wrote, without the contact, is kept for 3 years. What is published about cases holds nothing "
            "personal. To have it erased earlier, tell us with your receipt code."
        ),
    ),
    "authority": ("{name}", "The city’s public data authority"),
    # -- when it does not work
    "old_page": (
        "这个页面打开得太久了。您填写的内容都还在，请再点一次“提交”。",
        "This page was open for too long. Everything you typed is still here: please press “Send” again.",
    ),
    "sent_twice": (
        "这个页面已经提交过另一份内容。如果要再提交一份，请再点一次“提交”。",
        "This page has been used to send something else. To send this one too, press “Send” again.",
    ),
    "too_many": (
        "来自您所在网络的提交太频繁了。您填写的内容都还在，请在 {again} 之后再点一次“提交”。",
        (
            "Too much was sent from your network. Everything you typed is still here: please press “Send” again "
            "after {again} (Beijing time)."
        ),
    ),
    "csrf": (
        "为了确认是您本人在操作，请再点一次“提交”。您填写的内容都还在。如果总是出现这条提示，请允许本站使用 Cookie。",
        (
            "To make sure that it is you, please press “Send” again. Everything you typed is still here. If this "
            "keeps coming back, please allow cookies for this site."
        ),
    ),
    "csrf_title": ("请再试一次", "Please try again"),
    "too_large_title": ("内容太多", "Too much text"),
    "too_large": (
        "内容太多了，无法接收。请删减文字；附件请改用链接说明。按浏览器的“后退”可以回到填写的页面。",
        (
            "That is more than we can take. Please shorten the text, and give links instead of files. Your browser’s "
            "“Back” leads to what you typed."
        ),
    ),
    "unreadable_title": ("内容无法识别", "We can’t read that"),
    "unreadable": (
        "收到的内容无法识别。请回到表单页面重新填写。",
        "What arrived can’t be read. Please go back to the form and fill it in again.",
    ),
    "missing_title": ("没有找到", "Not found"),
    "missing": ("没有这个页面。", "There is no such page."),
    "fault_title": ("系统出了问题", "Something went wrong"),
    "fault": (
        "系统出了问题，您的内容可能没有保存。请稍后再试；没有看到受理编号，就是没有提交成功。",
        (
            "Something went wrong on our side, and what you sent may not be stored. Please try again later: as long "
            "as you see no case number, nothing was received."
        ),
    ),
}
