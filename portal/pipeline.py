"""The straight line: read → check → load → derive → take away → render → export → index → publish.

Everything is read and checked before anything is written, the new release is made beside the live one, and one
rename puts it live. Read this file second, after build.py: the steps are strangers to each other and meet only here.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from portal import cache, departments, exports, state
from portal.alphabet import remembering
from portal.bundling import make_bundles
from portal.catalogue import Reading, read_catalogue
from portal.changefacts import DatasetDifference
from portal.changeset import Change, read_change
from portal.checks.anonymity import check_anonymity
from portal.checks.changes import check_changes, check_withdrawn
from portal.checks.files import check_files
from portal.checks.judging import check_entries, judge
from portal.checks.personal import CleanWords
from portal.checks.proposals import check_proposals
from portal.checks.references import NO_REFERENCES, References, check_references
from portal.checks.reviews import check_reviews
from portal.checks.samples import check_samples
from portal.counts.history import keep_day
from portal.counts.inputs import Inputs, read_inputs
from portal.difference import compare_changed
from portal.digests import file_digest, model_digest, text_digest
from portal.exports.manifest import write_manifest
from portal.facts import DatasetFacts, Offer
from portal.forking import all_aside, aside
from portal.holdings import content_id
from portal.jobs import plan
from portal.ledger import Ledger
from portal.model import Catalogue
from portal.mqa import Judged
from portal.places import Place, Places, places_in
from portal.problems import CatalogueHasProblems, Problem, errors_in
from portal.progress import Progress
from portal.publish import lay_out, publish, seal
from portal.relating import relation_facts
from portal.remaking import make_all
from portal.render.shell import GENERATORS, build_shell
from portal.render.site import RenderInput, rendering
from portal.report import named
from portal.scoring import score_all
from portal.search import build_index, records_for
from portal.selfscore import SCORE_PAGES, write_score
from portal.settings import Settings
from portal.signing import Signer, load_signer
from portal.spare import Swept, sweep
from portal.tablefile import Prepared

MANY = 500
"""Entries from which on judging them is worth a process of its own (0.5 ms an entry, 20 ms the process)."""
TOLD = 5
"""Files that a line names; of more, their number."""
WRITERS = (
    *("jinja2", "markupsafe", "pydantic", "markdown-it-py"),
    *("pypinyin", "opencc-python-reimplemented", *GENERATORS),
)
"""Distributions whose other version writes other pages or files: another release, by id."""
KEPT_BUILDS = 3
"""Builds whose cached results are kept: as many as releases stay whole (portal/publish.py)."""


@dataclass(frozen=True)
class Checked:
    """A catalogue that was read and judged. `prepared` maps dataset id → file key → its normalised text."""

    reading: Reading
    prepared: Mapping[str, Mapping[str, Prepared]]
    blocked: frozenset[str]
    problems: tuple[Problem, ...]
    change: Change | None = None
    differences: tuple[DatasetDifference, ...] = ()
    references: References = NO_REFERENCES


@dataclass(frozen=True)
class Built:
    """The id of the release that is live now, and the warnings that did not stop it. `made_of` is all that went into
    it: a process that leaves right after holds it, for taking it down piece by piece takes 0.2 s.
    """

    release: str
    warnings: tuple[Problem, ...]
    made_of: object = None


def check(
    settings: Settings,
    progress: Progress,
    since: str | None = None,
    proposer: str | None = None,
    paths: Sequence[str] = (),
) -> Checked:
    """Read the catalogue and everything that is wrong with it: entries, files, rows, reviews. Writes no release.

    With `since`, a name that Git knows, what changed since is judged as well; `proposer` is who proposes it, by default
    its author in Git. Without it, only the data of the sets that `paths` name are read, and of those near them.
    """
    with progress.step("读取目录", "read the catalogue"):
        reading = read_catalogue(settings)
        progress.note(f"{len(reading.catalogue.datasets)} 个条目", f"{len(reading.catalogue.datasets)} entries")
    parts = 1 + settings.jobs if settings.jobs > 1 and len(reading.catalogue.datasets) >= MANY else 1
    clean = CleanWords(reading, settings.cache)
    by_parts = [partial(check_entries, reading, settings, part, parts, clean=clean.ids) for part in range(parts)]
    with (
        progress.step("检查条目和数据文件", "check entries and data files"),
        all_aside(by_parts, parts) as entries,
    ):
        only = None if since else named(paths, reading.catalogue.datasets, settings.root)
        files = check_files(reading, settings, only)
        if only is not None:
            progress.note(f"只读 {len(files.prepared)} 个数据集的数据", f"the data of {len(files.prepared)} sets alone")
        risks = check_anonymity(reading, files.prepared, files.digests, settings)
        risks += check_samples(reading, files.prepared, files.digests)
        references = check_references(reading, settings, files.prepared)
        problems = [*reading.problems, *chain.from_iterable(entries())]
        clean.keep(problems)
    _tell_encodings(files.prepared, progress)
    blocked = _blocked(reading, settings)
    found = [*problems, *files.problems, *risks, *references.problems]
    read = None if only is None else files.prepared.keys()
    levelled = judge(found, reading, settings, checked=read)
    errors = Counter(one.dataset for one in errors_in(levelled) if one.dataset)
    reviewed = check_reviews(reading, files.digests, settings, blocked=blocked, errors=errors, contents=files.contents)
    withdrawn = check_withdrawn(reading, files.digests, blocked)
    change = None if since is None else read_change(settings, reading, since, proposer)
    differences = _compare(change, files.prepared, files.problems, settings, progress) if change else ()
    changes = _judge_change(change, reading, settings, progress, differences) if change else []
    judged = judge([*found, *reviewed, *withdrawn, *changes], reading, settings, checked=read)
    return Checked(reading, files.prepared, blocked, tuple(judged), change, differences, references)


def _compare(
    change: Change,
    prepared: Mapping[str, Mapping[str, Prepared]],
    problems: Sequence[Problem],
    settings: Settings,
    progress: Progress,
) -> tuple[DatasetDifference, ...]:
    """What the change changes for people: rows, columns, words."""
    with progress.step("比较新旧数据", "compare data with those of the base"):
        return compare_changed(change.changed, prepared, problems, settings)


def _judge_change(
    change: Change,
    reading: Reading,
    settings: Settings,
    progress: Progress,
    differences: Sequence[DatasetDifference],
) -> list[Problem]:
    """What the rules about changes say of everything since the base."""
    with progress.step("检查改动", "check what changed"):
        many = len(change.changed)
        progress.note(f"{many} 个数据集有改动", f"{many} datasets changed")
        return [
            *check_changes(change, reading, settings, differences),
            *check_proposals(change, change.proposer, reading),
        ]


def build(settings: Settings, progress: Progress, swept: Callable[[], Swept] | None = None) -> Built:
    """Make a complete release and put it live; the spare release may have been `swept` already.

    Raises CatalogueHasProblems before anything is written if the catalogue has errors. Whatever goes wrong, the
    release that was live stays live.
    """
    cache.begin_build(settings.cache)
    signer = load_signer(settings.signing_key, settings.root)
    checked = check(settings, progress)
    if errors_in(checked.problems):
        raise CatalogueHasProblems(checked.problems)
    ledger, look = Ledger(settings.cache), partial(sweep, settings.build)
    try:
        return _release(checked, settings, progress, ledger, signer, swept or look)
    except FileNotFoundError as gone:  # somebody has emptied a part of the cache
        if not _is_below(gone.filename, settings.cache):
            raise
    ledger.forget()
    return _release(checked, settings, progress, ledger, signer, look)


def _release(
    checked: Checked,
    settings: Settings,
    progress: Progress,
    ledger: Ledger,
    signer: Signer | None,
    swept: Callable[[], Swept],
) -> Built:
    """Make the release of a catalogue without errors; what did not change since the build before comes by `ledger`, and
    from the spare release, as it was `swept`.
    """
    work = settings.build / "work"
    shutil.rmtree(work, ignore_errors=True)
    (work / "data").mkdir(parents=True)
    (work / "site").mkdir()
    inputs = _inputs(settings, progress)
    loaded = _load(checked, settings, progress, ledger)
    export = partial(_export, checked.reading, loaded.facts, inputs, settings)
    with aside(export, settings.jobs) as exported:
        source, places = _gather(checked, loaded, inputs, settings, progress, ledger, signer)
        written, judged = _write(source, settings, progress, ledger, exported)
    places |= written
    with progress.step("自评", "score the portal"):
        card = write_score(source, settings, work / "site", places, judged)
    with progress.step("发布", "publish"), aside(partial(_tidy, ledger), settings.jobs) as tidied:
        held = lay_out(places, work, settings, swept())
        own = write_manifest(work, held, portal=source.catalogue.portal, release=source.release, signer=signer)
        publish(work, settings, source.release, held | seal(own, work, settings))
        keep_day(settings.var, source.counts.today)
        tidied()
    progress.say(*card.line())
    progress.say(f"已发布版本 {source.release}", f"release {source.release} is live")
    made_of = (checked, loaded, source, places, held, ledger)
    return Built(source.release, (*checked.problems, *loaded.problems), made_of)


@dataclass(frozen=True)
class _Loaded:
    """What is known of every dataset, not yet scored; where its files stand, and its database, if rows are public; what
    was found of earlier releases.
    """

    facts: Mapping[str, DatasetFacts]
    places: Mapping[str, Place]
    databases: Mapping[str, Path]
    problems: tuple[Problem, ...]


def _load(checked: Checked, settings: Settings, progress: Progress, ledger: Ledger) -> _Loaded:
    """Every dataset by itself, with everything that can be taken away of it."""
    with progress.step("装载数据、生成下载文件", "load data and make the files to take away"):
        jobs = plan(checked.reading.catalogue, checked.prepared, settings, blocked=checked.blocked)
        made = {one.facts.id: one for one in progress.count(make_all(jobs, settings.jobs, ledger), len(jobs))}
    ordered = [made[name] for name in sorted(made)]
    return _Loaded(
        {one.facts.id: one.facts for one in ordered},
        {path: place for one in ordered for path, place in one.places.items()},
        {one.facts.id: one.database for one in ordered if one.database},
        tuple(problem for one in ordered for problem in one.problems),
    )


def _gather(
    checked: Checked,
    loaded: _Loaded,
    inputs: Inputs,
    settings: Settings,
    progress: Progress,
    ledger: Ledger,
    signer: Signer | None,
) -> tuple[RenderInput, dict[str, Place]]:
    """What pages are made of, and where everything stands that can be taken away."""
    catalogue = checked.reading.catalogue
    facts = score_all(list(loaded.facts.values()), checked, settings.today, ledger)
    with progress.step("汇集部门数据库", "assemble the departments' databases"):
        places = {**loaded.places, **_assemble(catalogue, loaded.databases, settings)}
    with progress.step("打包各部门和全平台的数据", "bundle the data of departments and of the portal"):
        withheld = state.read_once(settings.var / "public" / "state.json")
        work = settings.build / "work"
        bundles, zips = make_bundles(catalogue, facts, settings, withheld=withheld, work=work, places=places)
    offer = Offer(bundles=bundles, signing_key=signer.fingerprint if signer else "")
    release = _release_id(checked.reading, facts, settings, inputs, offer)
    relations = relation_facts(checked.references)
    profile = checked.reading.profile
    source = RenderInput(catalogue, profile, facts, settings.today, release, inputs, offer, relations)
    return source, places | zips


def _tidy(ledger: Ledger) -> None:
    """Write down for the next build what was made, and remove from the cache what nobody used lately."""
    cache.prune(ledger.cache, keep=KEPT_BUILDS, used=ledger.close())


def _is_below(path: str | None, folder: Path) -> bool:
    return path is not None and Path(path).is_relative_to(folder)


def _write(
    source: RenderInput, settings: Settings, progress: Progress, ledger: Ledger, exported: Callable[[], Places]
) -> tuple[Places, Mapping[str, Judged]]:
    """Pages, and what tells machines of datasets: where they stand in the cache, and how each dataset does in the MQA.

    Waits for what is `exported` meanwhile.
    """
    work, jobs = settings.build / "work", settings.jobs
    site, catalogue, facts = work / "site", source.catalogue, source.facts
    with progress.step("生成页面、目录文件与检索索引", "render pages, write exports and the search index"):
        shell = build_shell(settings.site_src, settings.cache)
        pages = rendering(source, shell, site_src=settings.site_src, target=site, jobs=jobs, ledger=ledger)
        with pages as all_rendered, aside(partial(_figures, source, site), jobs) as figured:
            described = exports.write_descriptions(catalogue, facts, site, ledger, jobs=jobs)
            exports.write_released(catalogue, facts, work, release=source.release)
            rendered = all_rendered()
            figured()
        for name, text in rendered.shells.items():
            (work / name).write_text(text, "utf-8")
        exports.write_sitemaps(catalogue, facts, site, (*rendered.pages, *SCORE_PAGES))
        places = {**rendered.places, **described.places, **exported()}
        progress.note(f"{len(rendered.pages)} 页", f"{len(rendered.pages)} pages")
    return places, described.judged


def _figures(source: RenderInput, site: Path) -> None:
    """The portal's own figures, as open data of the portal."""
    exports.write_figures(source.counts.all(), site, release=source.release, today=source.today)


def _tell_encodings(prepared: Mapping[str, Mapping[str, Prepared]], progress: Progress) -> None:
    """Which files were no UTF-8: nothing is converted in silence."""
    paths = sorted(one.path for files in prepared.values() for one in files.values() if one.encoding == "gb18030")
    if paths:
        few, more = paths[:TOLD], len(paths) > TOLD
        progress.say(
            f"按 GBK（GB18030）编码读取：{'、'.join(few)}{f' 等 {len(paths)} 个文件' if more else ''}",
            f"read as GBK (GB18030): {', '.join(few)}{f' … {len(paths)} files' if more else ''}",
        )


def _blocked(reading: Reading, settings: Settings) -> frozenset[str]:
    """Digests that must never be published: those that the service blocked and those of tombstones (CLM-6)."""
    withdrawn = {digest for stone in reading.catalogue.tombstones for digest in stone.digests}
    return state.read_once(settings.var / "public" / "state.json").blocked | withdrawn


def _assemble(catalogue: Catalogue, databases: Mapping[str, Path], settings: Settings) -> dict[str, Place]:
    """One SQLite file a department, from its datasets' files in order of ids; the same parts give a cached file."""
    code = cache.code_version(*departments.CODE)
    places: dict[str, Place] = {}
    for department in sorted(catalogue.departments, key=lambda one: one.id):
        mine = sorted(one.id for one in catalogue.datasets if one.department == department.id)
        present = [databases[name] for name in mine if name in databases]
        key = cache.key_of(code, [department.id, *(part.parent.name for part in present)])

        def make(folder: Path, department: str = department.id, present: Sequence[Path] = tuple(present)) -> None:
            for part in present:
                part.stat()  # SQLite would not say which is gone
            departments.assemble_department(department, present, folder / f"{department}.db")

        places |= places_in(cache.get_or_make(settings.cache, "department", key, make), "data/")
    return places


def _inputs(settings: Settings, progress: Progress) -> Inputs:
    """What is known from outside the catalogue; a file that can't be used is told, and counts as missing."""
    inputs = read_inputs(settings.var, settings.today)
    for name in inputs.unread:
        progress.say(f"无法读取 var/{name}，按没有数据处理", f"var/{name} can't be read and counts as missing")
    return inputs


def _release_id(
    reading: Reading, facts: Mapping[str, DatasetFacts], settings: Settings, inputs: Inputs, offer: Offer
) -> str:
    """The day and a digest of all that the release is made from, so that pages can name the release they are in."""
    sources = sorted(path for path in settings.site_src.rglob("*") if path.is_file())
    made_from = {
        "catalogue": text_digest([reading.catalogue.model_dump_json(exclude={"datasets"})]),
        "entries": text_digest(model_digest(one) for one in reading.catalogue.datasets),
        "facts": text_digest(model_digest(one) for one in facts.values()),
        "site": text_digest(f"{path.relative_to(settings.site_src)}={file_digest(path)}" for path in sources),
        "rules": text_digest([reading.profile.model_dump_json()]),
        "inputs": text_digest([repr(inputs)]),
        "offer": text_digest([offer.model_dump_json()]),
        "code": cache.code_version("portal", packages=WRITERS),
    }
    return content_id(settings.today.isoformat(), made_from)


def _export(reading: Reading, facts: Mapping[str, DatasetFacts], inputs: Inputs, settings: Settings) -> Places:
    """The files that machines read, and the search index: all that tells nothing of the scores or of the release. Where
    those of them stand that are in the cache.
    """
    work = settings.build / "work"
    exports.write_exports(reading.catalogue, facts, work)
    with remembering(settings.cache):
        return _index(reading, facts, inputs, settings)


def _index(reading: Reading, facts: Mapping[str, DatasetFacts], inputs: Inputs, settings: Settings) -> Places:
    usage = inputs.usage
    downloads = {key: use.downloads for key, use in usage.by_dataset.items()} if usage else None
    records = records_for(reading.catalogue, facts, reading.profile, downloads)
    synonyms = [group.words for group in reading.catalogue.synonyms]
    site = settings.build / "work" / "site"
    return build_index(records, site, expected=len(facts), synonyms=synonyms, cache=settings.cache).places
