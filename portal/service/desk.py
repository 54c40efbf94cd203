"""The operator's verbs: `build.py desk list | due | suspend | restore | calendar | erase | audit`, and casework.py's.

`list` shows everything that is open, the most urgent first; `due` only what is overdue or due within two working
days. `suspend` and `restore` change var/public/state.json, which every surface reads within seconds. Each deed is an
event of the audit chain, under the login of whoever types it.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TextIO

from portal.problems import Exit
from portal.service import opening
from portal.service.casework import add_verbs
from portal.settings import Settings

if TYPE_CHECKING:
    from rich.console import RenderableType

    from portal.service.models import Case
    from portal.service.office import Office


class Row(NamedTuple):
    """One open case as the list shows it."""

    number: str
    kind: str
    state: str
    due: date | None
    provisional: bool
    timing: str
    overdue: bool
    soon: bool
    department: str
    subject: str
    held: str


def main(argv: Sequence[str], settings: Settings, out: TextIO | None = None) -> int:
    """Run one verb and give the exit code: 0 done, 1 there is something wrong to see, 2 wrong command line.

    Raises PortalError for what only the portal's keeper can mend.
    """
    parser = _parser()
    try:
        words = parser.parse_args(list(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    opening.open_office(settings)
    from portal.service.suspension import WrongInput  # noqa: PLC0415

    verb: Callable[[argparse.Namespace, Settings, TextIO], int] = words.verb
    try:
        return verb(words, settings, out or sys.stdout)
    except WrongInput as wrong:
        sys.stderr.write(f"{wrong}\n")
        return Exit.USAGE


def list_cases(settings: Settings, *, only_due: bool = False) -> list[Row]:
    """Open cases, most urgent first: overdue, then by due date, then those without a limit by age.

    The day is `settings.today`. With `only_due` those that are overdue or due within two working days.
    """
    here = opening.open_office(settings)
    from portal.service.models import Case  # noqa: PLC0415

    rows = [_row(case, settings.today, here) for case in Case.objects.order_by("due", "received_at", "number")]
    told = [row for row in rows if row is not None and (not only_due or row.overdue or row.soon)]
    return sorted(told, key=lambda row: (row.due is None, row.due or date.max))


def _row(case: Case, today: date, here: Office) -> Row | None:
    from portal.service.domain.kinds import KIND_NAMES, STATE_NAMES, Kind, is_open  # noqa: PLC0415
    from portal.service.domain.terms import timing  # noqa: PLC0415
    from portal.workdays import day_of  # noqa: PLC0415

    kind = Kind(case.kind)
    if not is_open(kind, case.state):
        return None
    told = timing(day_of(case.received_at), case.due, today, here.calendar)
    return Row(
        number=case.number,
        kind=KIND_NAMES[kind],
        state=STATE_NAMES[case.state],
        due=case.due,
        provisional=case.provisional,
        timing=told.text,
        overdue=told.overdue,
        soon=told.soon,
        department=here.published.raw.get("departments", {}).get(case.department, {}).get("name", case.department),
        subject=case.subject,
        held=case.held,
    )


def _list(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    rows = list_cases(settings, only_due=words.name == "due")
    _print(_table(rows) if out.isatty() else _lines(rows), out)
    missing = opening.open_office(settings).calendar.missing_year(settings.today)
    if missing:
        print(f"{missing} 年的放假安排还没有录入 catalog/calendar.yml，跨年的期限均为暂定。", file=out)
    return Exit.DONE


def _lines(rows: list[Row]) -> str:
    """For pipes and logs: one line a case, blanks between, nothing cut."""
    if not rows:
        return "没有待办事项。"
    return "\n".join(
        "  ".join(
            [
                row.number,
                row.kind,
                row.state,
                f"{row.due or '—'}{'（暂定）' if row.provisional else ''}",
                row.timing,
                row.department or "待定",
                row.subject,
                *(["（待核：" + row.held + "）"] if row.held else []),
            ]
        )
        for row in rows
    )


def _table(rows: list[Row]) -> RenderableType:
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=f"待办 {len(rows)} 件，逾期 {sum(row.overdue for row in rows)} 件", title_justify="left")
    for column in ("受理编号", "类别", "状态", "期限", "", "单位", "内容"):
        table.add_column(column, overflow="fold")
    for row in rows:
        style = "bold red" if row.overdue else "yellow" if row.soon else ""
        due = f"{row.due or '—'}{'（暂定）' if row.provisional else ''}"
        held = f"（待核：{row.held}）" if row.held else ""
        cells = (row.number, row.kind, row.state, due, row.timing, row.department or "待定", row.subject + held)
        table.add_row(*(escape(cell) for cell in cells), style=style)
    return table


def _print(what: RenderableType, out: TextIO) -> None:
    if isinstance(what, str):
        print(what, file=out)
        return
    from rich.console import Console  # noqa: PLC0415

    Console(file=out).print(what)


def _suspend(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    from portal.service import suspension  # noqa: PLC0415

    changed = suspension.suspend(opening.open_office(settings), words.id, words.reason, getpass.getuser())
    print(f"{words.id} 已中止开放。" if changed else f"{words.id} 此前已中止开放，没有改动。", file=out)
    return Exit.DONE


def _restore(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    from portal.service import suspension  # noqa: PLC0415

    changed = suspension.restore(opening.open_office(settings), words.id, words.reason, getpass.getuser())
    print(f"{words.id} 已恢复开放。" if changed else f"{words.id} 没有被中止，没有改动。", file=out)
    return Exit.DONE


def _calendar(_: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    from portal.service.recompute import recompute  # noqa: PLC0415

    here = opening.open_office(settings)
    changed = recompute(here, getpass.getuser())
    years = sorted(here.calendar.years)
    print(f"工作日历已有 {years[0]}—{years[-1]} 年；重新计算了 {len(changed)} 件事项的期限。", file=out)
    for number, old, new in changed:
        print(f"  {number}  {old} → {new}", file=out)
    missing = here.calendar.missing_year(settings.today)
    if missing:
        print(f"{missing} 年的放假安排还没有录入 catalog/calendar.yml。", file=out)
    return Exit.PROBLEMS if missing else Exit.DONE


def _erase(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    from portal.service.retention import erase_due, erase_one  # noqa: PLC0415

    here = opening.open_office(settings)
    if words.case:
        erased = erase_one(here, words.case, getpass.getuser())
        print(f"{words.case} 的联系方式{'已删除' if erased else '不存在，没有改动'}。", file=out)
        return Exit.DONE
    print(f"删除了 {len(erase_due(here, getpass.getuser()))} 条到期的联系方式。", file=out)
    return Exit.DONE


def _audit(words: argparse.Namespace, settings: Settings, out: TextIO) -> int:
    from portal.service import audit  # noqa: PLC0415

    here = opening.open_office(settings)
    if words.what == "publish":
        head = audit.publish_head(here.surroundings.public, here.now())
        print(f"已公布第 {head.seq} 条的校验值。" if head else "还没有任何记录。", file=out)
        return Exit.DONE
    broken = audit.verify(here.keys, here.surroundings.public)
    for place in broken:
        print(f"第 {place.seq} 条：{place.why}", file=out)
    print("审计记录不完整。" if broken else "审计记录完整。", file=out)
    return Exit.PROBLEMS if broken else Exit.DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py desk", description="办理台：待办、中止开放、工作日历、审计记录")
    verbs = parser.add_subparsers(dest="name", required=True, metavar="动作")
    for name, told in (("list", "列出全部待办，最急的在前"), ("due", "列出逾期和两个工作日内到期的")):
        verbs.add_parser(name, help=told).set_defaults(verb=_list)
    for name, told, verb in (("suspend", "中止开放一个数据集", _suspend), ("restore", "恢复开放一个数据集", _restore)):
        one = verbs.add_parser(name, help=told)
        one.add_argument("id", metavar="数据集编号")
        one.add_argument("--reason", required=True, help="理由；中止开放的理由会向公众显示")
        one.set_defaults(verb=verb)
    add_verbs(verbs)
    verbs.add_parser("calendar", help="录入放假安排后重新计算期限").set_defaults(verb=_calendar)
    erase = verbs.add_parser("erase", help="删除到期的联系方式（每天运行），或应本人要求删除一条")
    erase.add_argument("--case", metavar="受理编号", help="只删除这一件的联系方式")
    erase.set_defaults(verb=_erase)
    chain = verbs.add_parser("audit", help="核对审计记录，或公布当天的校验值")
    chain.add_argument("what", choices=["verify", "publish"])
    chain.set_defaults(verb=_audit)
    return parser
