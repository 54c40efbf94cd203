"""A citation is worded once: the page, the README of the zip and the description for machines say the same."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path

from rich.console import Console

from portal.citation import Source, gbt, gbt_undated
from portal.pipeline import build
from portal.progress import Progress
from tests.catalogues import make_catalogue, settings_for


def test_gbt_names_who_what_where_and_when() -> None:
    one = Source("甲局", "乙数据", "丙平台", "丁市", "2025-12-31-2", "2025-12-31", "https://e.org/dataset/a/")
    assert gbt(one) == (
        "甲局. 乙数据: 版本 2025-12-31-2[DS/OL]. 丁市: 丙平台, 2025(2025-12-31)[____-__-__]. https://e.org/dataset/a/."
    )
    assert gbt_undated(one._replace(lang="en")) == (
        "甲局. 乙数据: release 2025-12-31-2[DS/OL]. 丁市: 丙平台, 2025(2025-12-31). https://e.org/dataset/a/."
    )


def test_page_readme_and_descriptions_say_the_same(tmp_path: Path) -> None:
    settings = settings_for(make_catalogue(tmp_path))
    build(settings, Progress("zh", Console(file=io.StringIO())))
    folder = settings.live / "site/dataset/parks"
    page = (folder / "index.html").read_text("utf-8")
    panel = re.search(r'id="cite-gbt".*?class="cite-text"[^>]*>(.*?)</p>', page, re.S)
    assert panel
    cited = unescape(re.sub(r"<[^>]+>", "", panel[1]))
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    with zipfile.ZipFile(folder / "parks.zip") as bundle:
        readme = bundle.read("README.txt").decode("utf-8-sig").splitlines()
        assert json.loads(bundle.read("datapackage.json"))["citation"] == cited
    assert package["citation"] == cited
    assert cited in readme
    undated = cited.replace("[____-__-__]", "")
    assert json.loads((folder / "croissant.json").read_text("utf-8"))["citeAs"] == undated
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block
    assert json.loads(block[1])["citation"] == undated
