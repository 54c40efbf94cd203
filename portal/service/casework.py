"""The operator's verbs on cases: `build.py desk show | move | say | publish | draft`.

`show` tells all about one case; `move` takes it one step on by the table of moves; `say` changes what the public is
told of it; `publish` writes var/public/feedback.json and demands.json (every move does so too); `draft` writes an
accepted result of use as an entry of the showcase.
"""

from __future__ import annotations

import argparse
import getpass
import re
from typing import TYPE_CHECKING, Any, TextIO

from portal.arguments import day
from portal.model import SLUG
from portal.problems import Exit
from portal.service import opening
from portal.settings import Settings

if TYPE_CHECKING:
    from portal.service.models import Case

WORDS = {
    "reason": "理由",
    "ground": "依据",
    "link": "链接",
    "consultation": "与提交人协商的记录",
    "open_type": "开放类型",
}


def add_verbs(verbs: Any) -> None:
    """Tell the command line of the desk about these verbs."""
    one = _on_case(verbs, "show", "查看一件事项：内容、期限、经过和可以办理的下一步", show)
    one.add_argument("--contact", action="store_true", help="同时显示联系方式；查看会记入审计记录")
    one = _on_case(verbs, "move", "办理一步，例如 start_verifying、correct、will_open、accept", move)
    one.add_argument("event", metavar="办理动作", help="desk show 会列出可以办理的动作")
    one.add_argument("--as", dest="actor", metavar="身份", help="operator、entity、authority；只有一种可能时不用写")
    for name, told in WORDS.items():
        one.add_argument(f"--{name.replace('_', '-')}", metavar=told)
    one.add_argument("--until", type=day, metavar="日期", help="申请延期到哪一天，如 2026-11-30")
    one.add_argument("--to", metavar="部门编号", help="转交给哪个部门", default="")
    one.add_argument("--opened", metavar="数据集编号", help="因这项需求开放的数据集", default="")
    _public(one)
    _public(_on_case(verbs, "say", "修改一件事项对公众公布的标题和结果", say))
    told = "把办理情况写进 var/public（每天运行；每办理一步也会写）"
    verbs.add_parser("publish", help=told).set_defaults(verb=publish)
    one = _on_case(verbs, "draft", "把审核通过的利用成果写成 catalog/showcase/ 的条目，打印出来", draft)
    one.add_argument(
        "--id", required=True, type=_file_name, metavar="编号", help="条目的编号，即文件名，如 village-lookup"
    )
    one.add_argument("--by", required=True, metavar="岗位", help="审核岗位，不写个人姓名")


def _file_name(text: str) -> str:
    """The name of a file of the catalogue, without its ending."""
    if not re.fullmatch(SLUG, text):
        raise argparse.ArgumentTypeError(f"编号只用小写字母、数字和连字符，如 village-lookup；不能是“{text}”")
    return text


def _on_case(verbs: Any, name: str, told: str, verb: Any) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = verbs.add_parser(name, help=told)
    one.add_argument("case", metavar="受理编号")
    one.set_defaults(verb=verb)
    return one


def _public(one: argparse.ArgumentParser) -> None:
    one.add_argument("--title", metavar="公开标题", help="对公众公布的一句话；不写提交人的原话和个人信息")
    one.add_argument("--result", metavar="公开结果", help="对公众公布的办理结果")


def show(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    """Everything about a case; the contact only when asked for, and then it is recorded."""
    from portal.service.moving import case_of  # noqa: PLC0415 -- only these commands pay for Django
    from portal.service.reading import contact_of, told_of  # noqa: PLC0415

    here = opening.open_office(settings)
    case = case_of(words.case)
    for label, text in told_of(case):
        print(f"{label}：{text}", file=out)
    if words.contact:
        print(f"联系方式：{contact_of(case, here, getpass.getuser()) or '没有'}", file=out)
    return Exit.DONE


def move(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    """One step on. Exit code 2 with the reason where the table or the city's rules don't allow it."""
    from portal.service import moving  # noqa: PLC0415
    from portal.service.domain.moves import Actor, Need  # noqa: PLC0415
    from portal.service.suspension import WrongInput  # noqa: PLC0415

    if words.actor and words.actor not in set(Actor):
        raise WrongInput(f"没有“{words.actor}”这种身份；可以：{'、'.join(Actor)}。")
    wish = moving.Wish(
        event=words.event,
        person=getpass.getuser(),
        actor=Actor(words.actor) if words.actor else None,
        words={Need(name): getattr(words, name) for name in WORDS if getattr(words, name)},
        new_due=words.until,
        department=words.to,
        opened=words.opened,
        title=words.title,
        result=words.result,
    )
    here = opening.open_office(settings)
    _now(moving.move(here, words.case, wish), out)
    return Exit.DONE


def say(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    """Other words for the public."""
    from portal.service import moving  # noqa: PLC0415

    here = opening.open_office(settings)
    case = moving.say(here, words.case, getpass.getuser(), title=words.title, result=words.result)
    print(f"{case.number} 公布的标题：{case.title or '无'}；结果：{case.result or '无'}", file=out)
    return Exit.DONE


def publish(_: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    """Write what the build reads."""
    from portal.service import tidings  # noqa: PLC0415

    told = tidings.publish(opening.open_office(settings))
    print("、".join(f"{name}.json {count} 件" for name, count in told.items()) or "本市不公布办理情况。", file=out)
    return Exit.DONE


def draft(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    """Print the entry, and where it goes."""
    from portal.service.moving import case_of  # noqa: PLC0415
    from portal.service.showing import showcase_entry  # noqa: PLC0415

    here = opening.open_office(settings)
    entry = showcase_entry(case_of(words.case), words.by, here)
    print(f"# 保存为 catalog/showcase/{words.id}.yml，检查：build.py check catalog/showcase/{words.id}.yml", file=out)
    print(entry, end="", file=out)
    return Exit.DONE


def _now(case: Case, out: TextIO) -> None:
    from portal.service.domain.kinds import STATE_NAMES  # noqa: PLC0415

    due = f"，期限 {case.due}" if case.due and case.answered_at is None else ""
    print(f"{case.number} 现在是：{STATE_NAMES[case.state]}{due}", file=out)
