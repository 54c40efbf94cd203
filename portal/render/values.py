"""What hand-written pages and the frame may name: `{{ portal.name }}`, `{{ basis.line }}` …"""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from portal.model import Portal
from portal.profile import Profile
from portal.render.figures import day, singular
from portal.render.words import PageLang, words


def page_values(portal: Portal, profile: Profile, *, today: date, release: str, lang: PageLang) -> dict[str, object]:
    """The names and their values for one language.

    `basis` is the instrument with its term and what it is today (PRO-2);
    `promises` say within how many days the city answers, in the text's own words.
    """
    chinese = lang == "zh"
    return {
        "portal": portal,
        "profile": profile,
        "labels": profile.labels,
        "t": words(lang),
        "release": release,
        "today": day(today, lang),
        "basis": basis(profile, today, lang),
        "promises": {
            "feedback": profile.feedback.promise if chinese else profile.feedback.promise_en,
            "request": profile.ooc.promise if chinese else profile.ooc.promise_en,
            "feedback_article": profile.article_of("feedback") or "",
            "request_article": profile.article_of("ooc") or "",
        },
        "frequencies": _frequencies(profile, lang),
        "jurisdictions": portal.jurisdictions,
    }


def basis(profile: Profile, today: date, lang: PageLang) -> dict[str, str]:
    """The legal basis in one line, and its standing today; `state` is empty while it is in force."""
    t, one = words(lang), profile.basis
    start, end = day(one.valid_from, lang), day(one.valid_to, lang)
    standing = one.standing(today)
    return {
        "line": t["b_line"].format(
            title=one.title if lang == "zh" else one.title_en, number=one.number or "", **{"from": start, "to": end}
        ),
        "title": one.title if lang == "zh" else one.title_en,
        "number": one.number or "",
        "issuer": one.issuer,
        "issued": day(one.issued, lang),
        "from": start,
        "to": end,
        "term": one.term,
        "kind": standing,
        "standing": t[f"b_{standing}"].format(**{"from": start, "to": end}),
        "state": "" if standing == "in_force" else t[f"b_{standing}"].format(**{"from": start, "to": end}),
    }


def _frequencies(profile: Profile, lang: PageLang) -> Markup:
    """Rows of the table of update frequencies: when data count as due, and as late."""
    rows = []
    for one in sorted(profile.frequencies.values(), key=lambda each: each.rank):
        if lang == "zh":
            period = f"{one.months} 个月" if one.months else f"{one.days} 天" if one.days else "无固定周期"
            rows.append((one.label, period, f"{one.grace} 天" if one.months or one.days else "不计"))
        else:
            period = f"{one.months} months" if one.months else f"{one.days} days" if one.days else "no fixed rhythm"
            grace = f"{one.grace} days" if one.months or one.days else "none"
            rows.append((one.label_en, singular(period), singular(grace)))
    return Markup("").join(Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n").format(*row) for row in rows)
