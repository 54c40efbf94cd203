"""What the front says to people when it can't give them what they asked for: one row a case, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True)
class Words:
    """A title, what it means, and what to do; `{…}` are filled in."""

    title: str
    text: str
    advice: str


WORDS: dict[str, dict[Lang, Words]] = {
    "not-found": {
        "zh": Words("没有这个页面", "您访问的地址不存在，或者已经更改。", "请检查地址，或从首页检索。"),
        "en": Words("Page not found", "There is nothing at this address.", "Check the address, or search from home."),
    },
    "suspended": {
        "zh": Words(
            "该数据集已中止开放",
            "“{title}”自{since}起中止开放，核实期间各种格式、历史版本和接口均暂停提供。{reason}",
            "核实结果会在本平台公布。如有疑问，请通过意见建议与我们联系。",
        ),
        "en": Words(
            "This dataset is suspended",
            "“{title}” has been suspended since {since}; all formats, earlier releases and the API are withheld "
            "while it is being verified. {reason}",
            "The result will be published on this portal. If you have questions, send us a comment.",
        ),
    },
    "withdrawn": {
        "zh": Words(
            "该数据已撤回", "“{title}”的这一版内容已经撤回，不再提供。", "如有疑问，请通过意见建议与我们联系。"
        ),
        "en": Words(
            "These data were withdrawn",
            "This content of “{title}” is no longer offered.",
            "If you have questions, send us a comment.",
        ),
    },
    "bundle-outdated": {
        "zh": Words(
            "打包文件正在重新生成",
            "其中有数据集刚刚暂停提供，打包文件要去掉它后重新生成。",
            "请过几分钟再下载；各数据集页面上的文件不受影响。",
        ),
        "en": Words(
            "This file is being made anew",
            "A dataset in it has just been suspended; the file is being made again without it.",
            "Please try again in a few minutes. The files of the other datasets can be had from their pages.",
        ),
    },
    "too-many": {
        "zh": Words("请求过于频繁", "您所在网络地址的请求超过了对所有人一致的限额。", "请在 {seconds} 秒后重试。"),
        "en": Words(
            "Too many requests", "Your address has used up the limit that is equal for all.", "Wait {seconds} s."
        ),
    },
    "data-down": {
        "zh": Words(
            "查询服务暂时不可用",
            "数据查询接口正在重新启动。",
            "数据集页面上的文件仍可下载；请稍后重试。",
        ),
        "en": Words(
            "The query service is not available",
            "The query API is restarting.",
            "Files can still be downloaded from the dataset's page; please try again shortly.",
        ),
    },
    "forms-down": {
        "zh": Words(
            "表单服务暂时不可用",
            "表单和办理进度查询正在重新启动；如果您刚才提交了内容，它没有保存。",
            "请稍后重试；已填写的内容可用浏览器的“后退”找回，再次提交。",
        ),
        "en": Words(
            "The form service is not available",
            "Forms are restarting; if you have just sent something, it was not stored.",
            "Try again shortly; going back in your browser finds what you filled in, to submit it again.",
        ),
    },
    "bad-answer": {
        "zh": Words(
            "服务没有正常应答",
            "后台服务返回了无法识别的内容，或者中途停止了应答。",
            "请稍后重试；如果您刚才提交了表单，再提交一次不会重复登记。如一直如此，请告诉我们。",
        ),
        "en": Words(
            "Bad answer",
            "A service behind this page did not answer as expected, or stopped half-way.",
            "Please try again; if you have just sent a form, sending it again does not register it twice.",
        ),
    },
    "fault": {
        "zh": Words("网站自身出错", "这不是您的操作造成的，错误已经记录。", "请稍后重试；如一直如此，请告诉我们。"),
        "en": Words("A fault on our side", "It has been written down.", "Please try again later."),
    },
    "too-large": {
        "zh": Words(
            "提交的内容过大",
            "一次提交不能超过 {megabytes} MB，您的内容没有保存。",
            "请用浏览器的“后退”回到填写页面，删减文字后再提交；附件请改用链接说明。",
        ),
        "en": Words(
            "Too large",
            "A submission may not exceed {megabytes} MB; nothing was stored.",
            "Go back to the form, make it smaller and send it again; link to files instead of pasting them.",
        ),
    },
    "too-slow": {
        "zh": Words("没有收到完整的内容", "您提交的内容在限定时间内没有传完，没有保存。", "请检查网络后重新提交。"),
        "en": Words("Not received in time", "Your submission did not arrive completely; nothing was stored.", "Retry."),
    },
    "host": {
        "zh": Words("请求无法识别", "请求中的主机名不正确。", "请检查访问的网址。"),
        "en": Words("Bad request", "The Host header names no host.", "Check the address."),
    },
    "method": {
        "zh": Words("不支持这种操作", "这个地址只支持 {allowed} 请求。", "请改用其中一种。"),
        "en": Words("Method not allowed", "This address takes {allowed} only.", "Use one of these."),
    },
    "range": {
        "zh": Words("请求的范围不存在", "文件没有这一段内容。", "请重新下载整个文件。"),
        "en": Words("Range not satisfiable", "The file has no such part.", "Download the whole file again."),
    },
    "no-release": {
        "zh": Words("网站正在准备", "第一次构建尚未完成。", "请稍后刷新。"),
        "en": Words("The site is being prepared", "The first build has not finished.", "Please reload shortly."),
    },
}
