"""The city that changes are made to; a test file that needs another one has its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogues import make_catalogue
from tests.gate.examples import complete
from tests.gate.repository import begin


@pytest.fixture
def city(tmp_path: Path) -> Path:
    root = make_catalogue(tmp_path / "city", **complete())
    begin(root)
    return root
