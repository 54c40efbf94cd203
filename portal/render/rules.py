"""The page of the rules: what the gate asks before data are published, by which article, with an example each.

The reports of the gate link to it, a rule's name being its anchor. Everything in it comes from what the gate uses.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal import addresses
from portal.render.book import Book
from portal.render.frame import Page
from portal.report.sentences import general
from portal.wording import WORDING
from portal.wording.book import Facts, rulebook


def rules_pages(book: Book) -> Iterator[Page]:
    """The page of every rule of this city, by family; those that it switched off are left out."""
    t, (families, facts) = book.t, rulebook()
    shown = [
        {
            "id": family.id,
            "title": family.zh if book.lang == "zh" else family.en,
            "rules": [
                _rule(book, rule, facts[rule])
                for rule in family.rules
                if rule in WORDING and book.profile.level_of(rule) != "off"
            ],
        }
        for family in families
    ]
    basis = book.profile.basis
    values = {
        "t": t,
        "crumbs": [(book.base, t["home"]), (f"{book.base}help/", t["help"])],
        "title": t["rules"],
        "lead": t["rules_lead"].format(basis=basis.title if book.lang == "zh" else basis.title_en),
        "families": [one for one in shown if one["rules"]],
    }
    yield Page(
        url=addresses.rules_page(book.lang),
        title=t["rules"],
        main=book.environment.get_template("rules.html").render(values),
        description=t["rules_description"],
        section="help",
        other=addresses.rules_page("en" if book.lang == "zh" else "zh"),
    )


def _rule(book: Book, rule: str, facts: Facts) -> dict[str, object]:
    level = book.profile.level_of(rule) or facts.level
    notes = [book.t["rule_error" if level == "error" else "rule_warning"]]
    notes += [book.t["rule_excusable"]] if facts.excusable else []
    wrong, right = ("rule_after", "rule_before") if facts.is_change else ("rule_bad", "rule_good")
    return {
        "id": rule,
        "sentence": general(rule, 0, book.lang) or rule,
        "advice": general(rule, 1, book.lang),
        "kind": "bad" if level == "error" else "warn",
        "notes": notes,
        "article": book.profile.article_of(rule) or book.profile.article_of(facts.section),
        "told": facts.told if book.lang == "zh" else "",
        "command": facts.command,
        "examples": facts.examples,
        "wrong": book.t[wrong],
        "right": book.t[right],
    }
