"""The page of roles (PRO-6): who does which step, by the city's text and its register of officers; never a person."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from portal import addresses
from portal.registers import Officers, Post
from portal.render import about
from portal.render.book import Book
from portal.render.frame import Page
from portal.render.html import link
from portal.render.onepage import Heading, one_page

CSS = "css/publications.css"
Step = tuple[str, str, str, str]


def roles_pages(book: Book) -> Iterator[Page]:
    """Parts, steps, the operator, and each department with its posts."""
    t, profile, portal = book.t, book.profile, book.catalogue.portal
    basis = profile.basis
    values = {
        "crumbs": [(book.base, t["home"]), (book.url(addresses.policy_page()), t["pol_title"])],
        "lead": t["role_lead"].format(basis=basis.title if book.lang == "zh" else basis.title_en),
        "parts_": [one for one in profile.roles.values() if one],
        "steps": list(_steps(book)),
        "operator": about.contact(book, portal.contact),
        "levels": [(one.name, one.authority) for one in portal.jurisdictions],
        "departments": list(_departments(book)),
    }
    heading = Heading(addresses.ROLES, t["role_title"], t["role_description"], "about", (CSS,))
    yield one_page(book, heading, "roles.html", values)


def _steps(book: Book) -> Iterator[Step]:
    """Step, who, within which time, article. What the text leaves open says so."""
    t, profile = book.t, book.profile
    who = {name: role.name for name, role in profile.roles.items() if role}
    entity = who["entity"]
    authority = who.get("authority", "")
    operator = who.get("operator", book.catalogue.portal.contact.office)
    feedback, ooc = profile.feedback, profile.ooc
    yield t["role_s_entry"], entity, "", ""
    review = t["semicolon"].join(t[f"role_step_{step}"] for step in profile.review.path)
    yield t["role_s_review"], review, "", profile.article_of("review") or ""
    yield t["role_s_feedback"], entity, _days(book, feedback.wd), profile.article_of("feedback") or ""
    if feedback.extension:
        yield (
            t["role_s_extension"],
            authority,
            _days(book, feedback.extension.max_wd),
            profile.article_of("feedback") or "",
        )
    yield t["role_s_ooc"], entity, _days(book, ooc.wd), profile.article_of("ooc") or ""
    application = profile.application
    yield t["role_s_application"], entity, _days(book, application.wd), profile.article_of("application") or ""
    if profile.rectification.due_action:
        wd = profile.rectification.wd
        yield t["role_s_rectification"], entity, _days(book, wd), profile.article_of("rectification") or ""
    yield t["role_s_claim"], entity, t["role_no_limit"], profile.article_of("claim") or ""
    if profile.review_of_result.enabled:
        yield t["role_s_reexamination"], authority, t["role_no_limit"], profile.article_of("claim") or ""
    yield t["role_s_platform"], operator, "", ""


def _days(book: Book, wd: int | None) -> str:
    return book.t["role_wd"].format(n=wd) if wd else book.t["role_no_limit"]


def _departments(book: Book) -> Iterator[dict[str, object]]:
    """Each department with its chief and the posts that are filled today."""
    officers = {one.department: one for one in book.catalogue.officers}
    for department in sorted(book.catalogue.departments, key=lambda one: one.id):
        mine = officers.get(department.id)
        name = book.department_name(department.id)
        has_page = bool(book.of_department(department.id))
        yield {
            "name": link(book.url(addresses.department_page(department.id)), name) if has_page else name,
            "chief": mine.chief if mine else book.t["role_unfilled"],
            "posts": _posts(book, mine),
            "contact": about.contact(book, department.contact),
            "filed": _filed(book, mine),
        }


def _posts(book: Book, officers: Officers | None) -> list[str]:
    if officers is None:
        return [book.t["role_unfilled"]]
    present = [post for post in officers.posts if any(post.holds(duty, book.today) for duty in post.duties)]
    return [_post(book, post) for post in present] or [book.t["role_unfilled"]]


def _post(book: Book, post: Post) -> str:
    return post.post + book.aside(book.t["enumeration"].join(book.t[f"role_d_{duty}"] for duty in post.duties))


def _filed(book: Book, officers: Officers | None) -> Markup | str:
    if officers is None or officers.filed is None:
        return ""
    filed = officers.filed
    return book.t["comma"].join(part for part in (book.day(filed.date), filed.document) if part)
