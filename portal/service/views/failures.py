"""When a request can't be served: one plain page each, and what was typed is kept where there was something."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from portal.service.domain.kinds import Kind
from portal.service.views.page import page

CSRF = "为了确认是您本人在操作，请再点一次“提交”。您填写的内容都还在。如果总是出现这条提示，请允许本站使用 Cookie。"


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """The cookie or the token is missing: the form again, with everything in it."""
    from portal.service.office import office  # noqa: PLC0415 -- named by settings, which these modules import
    from portal.service.views.send import FORMS, shown  # noqa: PLC0415

    name = request.path_info.strip("/").rpartition("/")[2]
    if name in {kind.value for kind in Kind}:
        form = FORMS[Kind(name)](office(), request.POST)
        if form.read_stamp is None:
            form.renew()
        return shown(request, form, problem=CSRF, status=403)
    return page(request, "failure.html", {"what": CSRF}, title="请再试一次", status=403)


def too_large(request: HttpRequest) -> HttpResponse:
    """More than 256 KiB."""
    what = "内容太多了，无法接收。请删减文字；附件请改用链接说明。按浏览器的“后退”可以回到填写的页面。"
    return page(request, "failure.html", {"what": what}, title="内容太多", status=413)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """What no form of ours sends: too many fields, files, broken encodings."""
    what = "收到的内容无法识别。请回到表单页面重新填写。"
    return page(request, "failure.html", {"what": what}, title="内容无法识别", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """No such page."""
    return page(request, "failure.html", {"what": "没有这个页面。"}, title="没有找到", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault; nothing was stored unless a receipt was shown."""
    what = "系统出了问题，您的内容可能没有保存。请稍后再试；没有看到受理编号，就是没有提交成功。"
    return page(request, "failure.html", {"what": what}, title="系统出了问题", status=500)
