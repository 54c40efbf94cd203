"""Rules about the registers beside the entries: sources, projects, disputes, credit codes, registration numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from portal.checks.shape import FileFinding, FileRule, Finding, Key, Rule, Scene
from portal.model import Catalogue, Dataset
from portal.problems import shown
from portal.registers import Project, register_path


def sources_exist(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A data item is linked to a field that stands in the resource catalogue (CAT-11, SH-9¶3).

    Where there is no resource catalogue to look into, `resources-missing` says so once.
    """
    if not scene.sources:
        return
    for place, name, reference in _references(dataset):
        if reference not in scene.sources:
            yield Finding((*place, "source_ref"), {"found": shown(reference)}, name)


def sources_can_be_looked_up(scene: Scene) -> Iterator[FileFinding]:
    """A city that demands the link has the resource catalogue at hand (CAT-11)."""
    if scene.profile.source_ref.required and not scene.sources:
        yield FileFinding("catalog/portal.yml", ("profile",))


def one_source_for_one_datum(scene: Scene) -> Iterator[FileFinding]:
    """An item of the resource catalogue is opened by one department, or one of them leads (CAT-15, SYS-15¶2)."""
    users: dict[str, dict[str, Dataset]] = defaultdict(dict)
    for dataset in scene.catalogue.datasets:
        for _, _, reference in _references(dataset) if dataset.is_listed else ():
            users[reference].setdefault(dataset.id, dataset)
    for reference, sets in users.items():
        departments = {one.department for one in sets.values()}
        leads = {one.department for one in sets.values() if one.lead}
        if len(departments) > 1 and len(leads) != 1:
            for one in sets.values():
                others = "、".join(sorted(other.id for other in sets.values() if other.department != one.department))
                path = f"catalog/{one.department}/{one.id}.yml"
                yield FileFinding(path, (), {"source": shown(reference), "others": others})


def projects_exist(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The project of an entry stands in catalog/projects.yml, where there is one (CAT-20)."""
    if dataset.project and scene.projects and dataset.project not in scene.projects:
        yield Finding(("project",), {"found": shown(dataset.project)})


def projects_are_catalogued(scene: Scene) -> Iterator[FileFinding]:
    """By the stage that the text names, everything that a project produces stands in the catalogue (CAT-20)."""
    for index, project in enumerate(scene.catalogue.projects):
        late = project.acceptance is not None and project.acceptance <= scene.today
        if project.stage in scene.profile.projects.stages or (scene.profile.projects.stages and late):
            missing = uncatalogued(project, scene.catalogue)
            if missing or not project.datasets:
                values = {"name": project.name, "missing": "、".join(missing) or "（没有列出数据集）"}
                yield FileFinding(register_path("projects"), (index, "datasets"), values)


def uncatalogued(project: Project, catalogue: Catalogue) -> list[str]:
    """The datasets of a project that are not in the catalogue, can't be read, or don't name the project."""
    found = {one.id for one in catalogue.datasets if one.project == project.id}
    return [name for name in project.datasets if name not in found]


def records_name_what_exists(scene: Scene) -> Iterator[FileFinding]:
    """Registers name departments that exist, and projects and sources once."""
    catalogue = scene.catalogue
    named: list[tuple[str, tuple[Key, ...], str]] = [
        *(("projects", (n, "department"), one.department) for n, one in enumerate(catalogue.projects)),
        *(("resources", (n, "department"), one.department) for n, one in enumerate(catalogue.resources)),
        *(("legal_changes", (n, "department"), one.department) for n, one in enumerate(catalogue.legal_changes)),
        *(
            ("disputes", (n, "parties", place), party)
            for n, one in enumerate(catalogue.disputes)
            for place, party in enumerate(one.parties)
        ),
    ]
    for register, keys, department in named:
        if not scene.has_department(department):
            yield FileFinding(register_path(register), keys, {"found": shown(department)})


def registers_have_no_doubles(scene: Scene) -> Iterator[FileFinding]:
    """The id of a project, of a source or of a topic is given once; an old id of a topic or a department as well."""
    old = [
        ((n, "aliases", m), name) for n, one in enumerate(scene.catalogue.topics) for m, name in enumerate(one.aliases)
    ]
    departments = {one.id for one in scene.catalogue.departments}
    for one in scene.catalogue.departments:
        for n, name in enumerate(one.aliases):
            if name in departments:
                yield FileFinding(f"catalog/{one.id}/department.yml", ("aliases", n), {"id": shown(name)})
            departments.add(name)
    lists: dict[str, list[tuple[tuple[Key, ...], str]]] = {
        "projects": [((n, "id"), one.id) for n, one in enumerate(scene.catalogue.projects)],
        "resources": [((n, "id"), one.id) for n, one in enumerate(scene.catalogue.resources)],
        "topics": [*(((n, "id"), one.id) for n, one in enumerate(scene.catalogue.topics)), *old],
    }
    for register, ids in lists.items():
        seen: set[str] = set()
        for place, name in ids:
            if name in seen:
                yield FileFinding(register_path(register), place, {"id": shown(name)})
            seen.add(name)


def disputes_name_datasets(scene: Scene) -> Iterator[FileFinding]:
    """A dispute is about datasets that exist (DSP-2)."""
    for index, one in enumerate(scene.catalogue.disputes):
        for place, name in enumerate(one.datasets):
            if not scene.knows(name):
                yield FileFinding(register_path("disputes"), (index, "datasets", place), {"found": shown(name)})


def disputes_are_respected(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """After a decision the entry stays with the department that was named (DSP-2)."""
    names = {dataset.id, *dataset.aliases}
    for one in scene.catalogue.disputes:
        owner = one.decided.owner if one.decided else None
        if owner and owner != dataset.department and names & set(one.datasets):
            yield Finding((), {"item": shown(one.item), "owner": owner, "date": str(one.decided and one.decided.date)})


def disputes_are_told(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """An entry whose ownership is disputed says so to those who judge it (DSP-2)."""
    names = {dataset.id, *dataset.aliases}
    for one in scene.catalogue.disputes:
        if one.decided is None and names & set(one.datasets):
            parties = "、".join(one.parties)
            yield Finding((), {"item": shown(one.item), "date": str(one.raised), "parties": parties})


def codes_are_valid(scene: Scene) -> Iterator[FileFinding]:
    """A social credit code has its 18 characters and the right check character (CAT-17, GB 32100-2015)."""
    for one in scene.catalogue.departments:
        if one.code:
            try:
                uscc.validate(one.code)
            except ValidationError:
                path = f"catalog/{one.id}/department.yml"
                yield FileFinding(path, ("code",), {"found": shown(one.code), "name": one.name})


def codes_are_unique(scene: Scene) -> Iterator[FileFinding]:
    """A social credit code belongs to one department (SYS-16「以统一社会信用代码作为唯一标识」)."""
    seen: dict[str, str] = {}
    for one in scene.catalogue.departments:
        if one.code and one.code in seen:
            values = {"found": shown(one.code), "other": seen[one.code]}
            yield FileFinding(f"catalog/{one.id}/department.yml", ("code",), values)
        elif one.code:
            seen[one.code] = one.name


def registrations_are_unique(scene: Scene) -> Iterator[FileFinding]:
    """A registration number belongs to one entry (CAT-22)."""
    seen: dict[str, str] = {}
    for one in scene.catalogue.datasets:
        if one.registration_no in seen:
            values = {"found": shown(str(one.registration_no)), "other": seen[str(one.registration_no)]}
            yield FileFinding(f"catalog/{one.department}/{one.id}.yml", ("registration_no",), values)
        elif one.registration_no:
            seen[one.registration_no] = one.id


def _references(dataset: Dataset) -> Iterator[tuple[tuple[Key, ...], str, str]]:
    """Each link to the resource catalogue: place, column, link."""
    for index, file in enumerate(dataset.files):
        for number, column in enumerate(file.table_schema.fields if file.table_schema else ()):
            if column.source_ref:
                yield ("files", index, "schema", "fields", number), column.name, column.source_ref


REGISTER_ENTRY_RULES: dict[str, Rule] = {
    "source-unknown": sources_exist,
    "project-unknown": projects_exist,
    "dispute-owner": disputes_are_respected,
    "dispute-open": disputes_are_told,
}
REGISTER_RULES: dict[str, FileRule] = {
    "resources-missing": sources_can_be_looked_up,
    "source-shared": one_source_for_one_datum,
    "project-incomplete": projects_are_catalogued,
    "register-department": records_name_what_exists,
    "register-twice": registers_have_no_doubles,
    "dispute-dataset": disputes_name_datasets,
    "provider-code-wrong": codes_are_valid,
    "provider-code-twice": codes_are_unique,
    "registration-twice": registrations_are_unique,
}
