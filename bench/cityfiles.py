"""What a generated city has beside its entries: the portal, domains, terms, synonyms, officers, departments."""

from __future__ import annotations

from typing import Any

from bench import vocabulary as words


def city_files() -> dict[str, Any]:
    """The files beside the entries, by path below catalog/."""
    contact = {"office": "数据管理科（示范）", "phone": "0512-00000000", "email": "data@example.org"}
    files: dict[str, Any] = {
        "portal.yml": {
            "name": "性能测试数据开放平台",
            "name_en": "Benchmark Open Data",
            "city": "苏州市",
            "city_en": "Suzhou",
            "profile": "suzhou",
            "url": "https://data.example.org",
            "demonstration": "本站数据随机生成，仅用于性能测试。",
            "jurisdictions": [{"name": "苏州市", "authority": "苏州市数据局"}],
            "contact": contact,
            "example_queries": ["公交站点", "空气质量", "养老机构"],
        },
        "domains.yml": [
            {"id": domain.id, "title": domain.title, "title_en": domain.title_en, "priority": domain.priority}
            for domain in words.domains()
        ],
        "glossary.yml": [{"term": term, "meaning": meaning} for term, meaning in words.TERMS.items()],
        "synonyms.yml": [{"words": list(group)} for group in words.SYNONYMS],
    }
    files["officers.yml"] = [_officers(code) for domain in words.domains() for code, _ in domain.departments]
    for domain in words.domains():
        for code, name in domain.departments:
            files[f"{code}/department.yml"] = {
                "name": f"苏州市{name}",
                "short_name": f"市{name}",
                "jurisdiction": "苏州市",
                "contact": contact,
            }
    return files


def _officers(department: str) -> dict[str, Any]:
    """The posts of a department, filed with the authority, so that the gate knows who may review."""
    since = {"since": "2026-01-01"}
    posts = [
        {"post": "数据专岗（示范）", "duties": ["data"], **since, "accounts": [f"{department}-data"]},
        {"post": "数据安全岗（示范）", "duties": ["review"], **since, "accounts": [f"{department}-review"]},
    ]
    filed = {"date": "2026-01-05", "with": "苏州市数据局"}
    return {"department": department, "chief": "首席数据官（示范）", **since, "posts": posts, "filed": filed}
