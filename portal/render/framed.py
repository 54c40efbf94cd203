"""Pages kept by what stands in them: one that is what it was is neither framed nor written, nor compressed again.

Of 1,650 pages besides those of 2,000 datasets, lists above all, a changed entry changes about forty. Those that say
what they are made of (`Drawing`) need not even be drawn; the others are, for only then it is known what stands in them.
"""

from __future__ import annotations

from pathlib import Path

from portal.cache import code_version, get_or_make, key_of
from portal.compression import compress
from portal.ledger import Ledger
from portal.places import Place, again, places_in, told
from portal.render.frame import Frame, Page, place_of

KIND = "framed"


class Framing:
    """Frames the pages of one language into the cache.

    `common` is a digest of everything that any page may tell, but entries and facts: what a `Drawing` leaves out.
    """

    def __init__(self, frame: Frame, ledger: Ledger, common: str) -> None:
        self._frame, self._ledger, self._common = frame, ledger, common
        self._code = key_of(code_version("portal", packages=("markupsafe",)), [frame.digest()])

    def put(self, page: Page) -> str:
        """The key of the kept result with this page; made where it lacks."""
        main = ("", page.main) if isinstance(page.main, str) else (self._common, page.main.made_of)
        told = (page.url, page.title, *main, page.description, page.section, page.other or "", page.head)
        key = key_of(self._code, told)

        def make(folder: Path) -> None:
            file = folder / place_of(page.url).name
            file.write_text(self._frame.html(page), "utf-8", newline="\n")
            compress(file)

        if self._ledger.find(KIND, page.url, key) is None:
            get_or_make(self._ledger.cache, KIND, key, make)
        return key


def keep(ledger: Ledger, url: str, key: str) -> dict[str, Place]:
    """Where the files of a page stand that was put in its frame; the next build knows it."""
    if (kept := ledger.find(KIND, url, key)) is not None:
        return again(kept)
    above = f"site/{place_of(url).parent.as_posix()}/".replace("/./", "/")
    places = places_in(ledger.cache / KIND / key, above)
    ledger.keep(KIND, url, key, told(places), [f"{KIND}/{key}"])
    return places
