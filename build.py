"""The front door of Kaishu 开数: words of the command line → one plain function → exit code.

    python build.py                         the whole build into _build/
    python build.py check [PATH…]           everything that is wrong with the catalogue; changes nothing
    python build.py check --since REF       what a change since REF lacks, too
    python build.py new FILE…               draft an entry from data files
    python build.py sheet export FILE.xlsx  entries as a workbook for departments (sheet import: back)
    python build.py review ID --by OFFICE   record a review of exactly the present content
    python build.py approve ID --step STEP  record a step of an entry's approval
    python build.py trace ID                who is behind a release: commits, reviews, approvals
    python build.py duties                  what is due: evaluations, reviews, projects
    python build.py owners                  write CODEOWNERS from the catalogue
    python build.py verify URL|FOLDER       is a site what was published? (docs/verify.md)
    python build.py offline DIR             the whole portal as a folder that opens without a server
    python build.py serve                   pages, query API and forms on http://127.0.0.1:8000
    python build.py desk …                  the operator's verbs

Exit codes: 0 done · 1 the catalogue has problems · 2 wrong command line · 3 fault in the portal · 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import get_args

from rich.console import Console

from portal import arguments
from portal.faults import tell_fault
from portal.forking import aside
from portal.problems import CatalogueHasProblems, Exit, PortalError, Problem
from portal.proceedings import Step
from portal.progress import Progress
from portal.records import ReviewKind
from portal.settings import Settings, make_settings
from portal.spare import sweep
from portal.stopping import end_together, leave, was_interrupted

_LASTING: list[object] = []
"""What is not taken down before the process leaves (see `pipeline.Built`)."""


def build(settings: Settings, _: argparse.Namespace) -> int:
    """Make a release and put it live."""
    gc.disable()  # what a build makes stays until it ends: looking through it took 2 s at 10,000 entries
    with aside(partial(sweep, settings.build), settings.jobs) as swept:
        from portal import pipeline, report  # a third of a second, in which others can work

        built = pipeline.build(settings, Progress(settings.lang), swept)
    _LASTING.append(built)
    if built.warnings:
        report.show(built.warnings, settings.lang, Console(stderr=True, highlight=False))
    return Exit.DONE


def check(settings: Settings, words: argparse.Namespace) -> int:
    """Print every problem of the catalogue."""
    gc.disable()  # as for a build: 0.4 s of a check of 2,000 entries
    from portal import pipeline, report

    report.must_exist(words.paths)
    report.must_lie_in(settings.root, words.paths)
    found: Sequence[Problem]
    try:
        checked = pipeline.check(settings, Progress(settings.lang), words.since, words.proposer, words.paths)
        found = checked.problems
        about = report.About(checked.reading.catalogue.portal.url, checked.differences, settings.root)
    except CatalogueHasProblems as broken:  # nothing can be judged, and a forge wants that in its own format, too
        found, about = broken.problems, report.About(root=settings.root)
    problems = report.within(found, words.paths, settings.root)
    if words.format == "text" and sys.stdout.isatty():
        report.show(problems, settings.lang, Console(highlight=False))
    else:
        print(report.render(problems, words.format, settings.lang, about))
    if others := report.elsewhere(found, problems, settings.lang):
        print(others, file=sys.stderr)
    return report.exit_code(problems)


def new(settings: Settings, words: argparse.Namespace) -> int:
    """Draft an entry from data files; what only a person knows is marked 【待填】."""
    from portal.drafting import Order, draft
    from portal.report import must_exist

    must_exist(words.files)
    order = Order(tuple(map(Path, words.files)), words.department, words.id, tuple(words.sheet), words.copy)
    made = draft(settings, order)
    print("\n".join(made.report))
    folder = f"datasets/{made.path.split('/')[1]}/"
    told = [(f"草稿已写入 {made.path}", f"The draft is {made.path}")]
    told += [(f"已复制到 {folder}：{'、'.join(made.copied)}", f"Copied to {folder}: {', '.join(made.copied)}")] * bool(
        made.copied
    )
    told += [(f"请把数据文件放进 {folder}：{one}", f"Put this file into {folder}: {one}") for one in made.to_move]
    print("\n".join(zh if settings.lang == "zh" else en for zh, en in told))
    return Exit.DONE


def sheet(settings: Settings, words: argparse.Namespace) -> int:
    """Entries as a workbook for departments, and back."""
    return Exit(words.do(settings, words))


def sheet_export(settings: Settings, words: argparse.Namespace) -> int:
    """Write entries, or an empty template, as a workbook (目录编制表)."""
    from portal.sheets.exporting import Selection, export

    ids = export(settings, Selection(tuple(words.ids), words.department, words.template), Path(words.file))
    zh = f"已写入 {words.file}：{f'{len(ids)} 个条目' if ids else '空白模板'}"
    en = f"{words.file} is written: {len(ids)} entries" if ids else f"{words.file} is written: an empty template"
    print(zh if settings.lang == "zh" else en)
    return Exit.DONE


def sheet_import(settings: Settings, words: argparse.Namespace) -> int:
    """Take a workbook's entries into the catalogue, all of them or none."""
    from portal import report
    from portal.sheets.importing import import_workbook, lines_of

    report.must_exist([words.file])
    done = import_workbook(settings, Path(words.file))
    print("\n".join(lines_of(done, settings.lang)))
    if done.warnings:
        print(report.render(done.warnings, "text", settings.lang), file=sys.stderr)
    return Exit.DONE


def review(settings: Settings, words: argparse.Namespace) -> int:
    """Write down a review of the present content, or register a release that a recurring review covers."""
    from portal import review as reviews

    progress = Progress(settings.lang)
    if words.release:
        new = reviews.register(settings, progress, words.id, words.note)
        zh, en = f"已登记：{words.id} 的版本 {new.release}", f"Registered: release {new.release} of {words.id}"
        print(f"{zh}。请提交 catalog/ 下的改动。" if settings.lang == "zh" else f"{en}. Commit catalog/.")
        return Exit.DONE
    verdict = reviews.Verdict(words.kind, words.result, words.by, words.document, words.note, words.recurring)
    written = reviews.review(settings, progress, words.id, verdict)
    content, zh_result = f"{written.covers[:12]}…", "通过" if written.result == "passed" else "不通过"
    zh = f"已记录：{words.id} 现在的内容（{content}）{written.date} 审查{zh_result}。请提交 catalog/ 下的改动。"
    en = f"Recorded: {words.id} as it stands ({content}) {written.result} on {written.date}. Commit catalog/."
    print(zh if settings.lang == "zh" else en)
    return Exit.DONE


def approve(settings: Settings, words: argparse.Namespace) -> int:
    """Write down a step of the approval of an entry as it stands."""
    from portal.proceedings import Approval, ReturnReason
    from portal.review import approve as record

    parts = [text.partition("=") for text in words.returned]
    reasons = [ReturnReason(ground=key if mark else None, text=value if mark else key) for key, mark, value in parts]
    told = Approval(
        step=words.step,
        by=words.by,
        date=words.date or settings.today,
        result=words.result,
        document=words.document,
        change=words.change,
        reason=words.reason,
        returned=tuple(reasons),
        covers="0" * 64,
    )
    written = record(settings, words.id, told)
    zh = f"已记录：{words.id} 的 {written.step}（{written.date}）。请提交 catalog/ 下的改动。"
    en = f"Recorded: {written.step} of {words.id} on {written.date}. Commit catalog/."
    print(zh if settings.lang == "zh" else en)
    return Exit.DONE


def trace(settings: Settings, words: argparse.Namespace) -> int:
    """Tell who is behind a release: commits, proposer, reviews, approvals; with --row, behind one row."""
    from portal import trace as tracing

    found = tracing.trace(settings, words.id, words.release, row=words.row, path=words.file)
    print(tracing.as_json(found) if words.format == "json" else tracing.as_text(found, settings.lang))
    return Exit.DONE


def duties(settings: Settings, words: argparse.Namespace) -> int:
    """List what is due: evaluations, changes of law, recurring reviews; and whether projects are complete."""
    from portal import duties as due

    found = due.duties(settings)
    print(due.as_json(found) if words.format == "json" else due.as_text(found, settings.lang))
    return Exit.DONE


def verify(settings: Settings, words: argparse.Namespace) -> int:
    """Compare a live site, or a folder with its files, with the signed list of what was published."""
    from portal import verify as verifying

    def tell(many: int) -> None:
        zh, en = f"正在核对 {many} 个文件……", f"Checking {many} files …"
        print(zh if settings.lang == "zh" else en, file=sys.stderr)

    found = verifying.verify(words.where, key=words.key, only=words.paths, tell=tell)
    print(verifying.told(found, settings.lang))
    return Exit.DONE if found.is_good else Exit.PROBLEMS


def offline(settings: Settings, words: argparse.Namespace) -> int:
    """Write the live release as a folder that opens from a disk, without a server."""
    from portal import offline as copying

    many = copying.write_offline(settings, Path(words.folder))
    zh = f"已写入 {words.folder}：{many} 个文件。用浏览器打开其中的 index.html。"
    en = f"{words.folder} is written: {many} files. Open its index.html in a browser."
    print(zh if settings.lang == "zh" else en)
    return Exit.DONE


def owners(settings: Settings, _: argparse.Namespace) -> int:
    """Write CODEOWNERS from the owners that the catalogue names."""
    from portal.catalogue import read_catalogue
    from portal.owners import FILE, code_owners

    (settings.root / FILE).write_text(code_owners(read_catalogue(settings).catalogue), "utf-8")
    print(f"已写入 {FILE}。" if settings.lang == "zh" else f"{FILE} is written.")
    return Exit.DONE


def serve(settings: Settings, words: argparse.Namespace) -> int:
    """Serve everything behind one address until interrupted."""
    from portal.front.serve import serve as run

    return run(settings, host=words.host, port=words.port)


def desk(settings: Settings, words: argparse.Namespace) -> int:
    """Hand the operator's verbs to the desk."""
    if words.words[:1] == ["usage"]:
        from portal.front.usage import main as usage

        return usage(words.words[1:], settings)
    from portal.service.desk import main as operate

    return operate(words.words, settings)


def parser() -> argparse.ArgumentParser:
    """The command line, told once."""
    from portal.report import FORMATS

    top = argparse.ArgumentParser(
        prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, parents=[_common()]
    )
    top.set_defaults(run=build, root=None, build=None, jobs=None, now=None, lang="zh")
    verbs = top.add_subparsers(metavar="VERB")

    def verb(name: str, run: Callable[[Settings, argparse.Namespace], int]) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=run.__doc__, description=run.__doc__, parents=[_common()])
        one.set_defaults(run=run)
        return one

    verb("build", build)
    one = verb("check", check)
    one.add_argument("--format", choices=FORMATS, default="text", help="how problems are told")
    one.add_argument("--since", metavar="REF", help="judge what changed since this branch, tag or commit, too")
    one.add_argument("--proposer", metavar="NAME", help="who proposes the change (default: its author in Git)")
    one.add_argument("paths", nargs="*", metavar="PATH", help="only problems of these files or folders")
    _clerk_verbs(verb)
    one = verb("review", review)
    one.add_argument("id", metavar="ID", help="the dataset's id")
    who = one.add_mutually_exclusive_group(required=True)
    who.add_argument("--by", metavar="OFFICE", help="the reviewing office, never a person's name")
    who.add_argument("--release", action="store_true", help="register a release that a recurring review covers")
    one.add_argument("--recurring", action="store_true", help="cover clean updates of the same schema, for a year")
    one.add_argument("--kind", choices=get_args(ReviewKind), default="security", help="kind of review")
    one.add_argument("--result", choices=["passed", "refused"], default="passed")
    one.add_argument("--document", metavar="NO", help="number of the document")
    one.add_argument("--note", metavar="TEXT", help="what is new in this release, for the public")
    _record_verbs(verb)
    verb("owners", owners)
    one = verb("verify", verify)
    one.add_argument("where", metavar="URL|FOLDER", help="https://… of a portal, or a folder with its files")
    one.add_argument("--key", type=Path, metavar="FILE", help="the public key to trust (default: the site's own)")
    one.add_argument("paths", nargs="*", metavar="PATH", help="only files whose path begins so, as dataset/ID/")
    one = verb("offline", offline)
    one.add_argument("folder", metavar="DIR", help="a folder that does not exist yet, or is empty")
    one = verb("serve", serve)
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--port", type=arguments.port, default=8000)
    one = verb("desk", desk)
    told = "list, due, show, move, say, draft, publish, suspend, restore, calendar, erase, audit, usage; "
    told += "more by: build.py desk VERB --help"
    one.add_argument("words", nargs=argparse.REMAINDER, metavar="VERB …", help=told)
    return top


def _common() -> argparse.ArgumentParser:
    """Words that every verb knows, before it or after it: a verb that is not told them does not forget them."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--root", type=arguments.folder, metavar="DIR", help="another city's folder")
    common.add_argument("--build", type=Path, metavar="DIR", help="where to write (default: _build)")
    common.add_argument("--jobs", type=arguments.number, metavar="N", help="worker processes (default: one a core)")
    common.add_argument("--now", type=arguments.time, metavar="TIME", help="set the clock, ISO 8601, Shanghai time")
    common.add_argument("--lang", choices=["zh", "en"], help="language of messages (default: zh)")
    return common


def _clerk_verbs(
    verb: Callable[[str, Callable[[Settings, argparse.Namespace], int]], argparse.ArgumentParser],
) -> None:
    """The verbs for departments that write no YAML."""
    one = verb("new", new)
    one.add_argument("files", nargs="+", metavar="FILE", help="CSV, TSV, XLSX, XLS, ODS or JSON; together one entry")
    one.add_argument("--department", metavar="ID", help="its folder in catalog/ (default: where the first file lies)")
    one.add_argument("--id", metavar="ID", help="the dataset's id (default: the first file's name)")
    one.add_argument("--sheet", action="append", default=[], metavar="NAME", help="only this sheet of the workbook")
    one.add_argument("--copy", action="store_true", help="copy the files into the department's folder")
    inner = verb("sheet", sheet).add_subparsers(metavar="export|import", required=True)
    one = inner.add_parser("export", help=sheet_export.__doc__, description=sheet_export.__doc__, parents=[_common()])
    one.set_defaults(do=sheet_export)
    one.add_argument("ids", nargs="*", metavar="ID", help="ids of datasets (default: all)")
    one.add_argument("file", metavar="FILE.xlsx", help="the workbook, which must not exist yet")
    one.add_argument("--department", metavar="ID", help="all entries of a department")
    one.add_argument("--template", action="store_true", help="no entries, but an example row in each sheet")
    one = inner.add_parser("import", help=sheet_import.__doc__, description=sheet_import.__doc__, parents=[_common()])
    one.set_defaults(do=sheet_import)
    one.add_argument("file", metavar="FILE.xlsx", help="a workbook that was exported and filled in")


def _record_verbs(
    verb: Callable[[str, Callable[[Settings, argparse.Namespace], int]], argparse.ArgumentParser],
) -> None:
    """The verbs about records: approvals, traces, duties."""
    one = verb("approve", approve)
    one.add_argument("id", metavar="ID", help="the entry's id")
    one.add_argument("--step", choices=get_args(Step), required=True, help="the step of the city's way")
    one.add_argument("--by", required=True, metavar="OFFICE", help="the office that took it, never a person's name")
    one.add_argument("--result", choices=["submitted", "passed", "returned"], default="passed")
    one.add_argument("--date", type=arguments.day, metavar="DAY", help="when (default: today)")
    one.add_argument("--document", metavar="NO", help="number of the work order or document")
    one.add_argument("--change", metavar="TEXT", help="what is changed (work order)")
    one.add_argument("--reason", metavar="TEXT", help="why (work order)")
    told = "why it was sent back, [ground=]text; once for each reason"
    one.add_argument("--returned", action="append", default=[], type=arguments.returned, metavar="TEXT", help=told)
    one = verb("trace", trace)
    one.add_argument("id", metavar="ID", help="the dataset's id")
    one.add_argument("release", nargs="?", metavar="RELEASE", help="default: the latest one")
    one.add_argument(
        "--row", type=arguments.number, metavar="N", help="a row as reports count them, the header being 1"
    )
    one.add_argument("--file", metavar="PATH", help="its file, where the dataset has several")
    one.add_argument("--format", choices=["text", "json"], default="text")
    one = verb("duties", duties)
    one.add_argument("--format", choices=["text", "json"], default="text")


def main(argv: Sequence[str]) -> int:
    """Run one command and turn its end into an exit code; no traceback ever reaches a department."""
    words = parser().parse_args(argv)
    try:
        settings = make_settings(root=words.root, build=words.build, now=words.now, jobs=words.jobs, lang=words.lang)
        return int(words.run(settings, words))
    except CatalogueHasProblems as found:
        from portal import report

        print(report.render(found.problems, "text", words.lang), file=sys.stderr)
        return Exit.PROBLEMS
    except PortalError as fault:
        print(fault, file=sys.stderr)
        return fault.exit
    except BaseException as fault:  # the one catcher: what nobody foresaw is our fault, and is kept for us to read
        if was_interrupted(fault):
            print("已中断。" if words.lang == "zh" else "Interrupted.", file=sys.stderr)
            return Exit.INTERRUPTED
        if not isinstance(fault, Exception):
            raise
        tell_fault(traceback.format_exc())
        return Exit.FAULT


if __name__ == "__main__":
    end_together()
    code = main(sys.argv[1:])
    if not gc.isenabled():  # a check or a build, which has made much
        leave(code)
    sys.exit(code)
