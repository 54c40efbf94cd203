"""Step "index": the catalogue as a static search index that a browser asks piece by piece.

`records_for` says what of an entry is searched and shown; `build_index` writes the index into the site. The other
half, which reads it, is site_src/assets/js/search-index.js; the format both keep to is told in portal/search/layout.py.
"""

from __future__ import annotations

from portal.search.build import IndexReport, build_index
from portal.search.records import Choice, English, SearchRecord, indexed_text, records_for

__all__ = ["Choice", "English", "IndexReport", "SearchRecord", "build_index", "indexed_text", "records_for"]
