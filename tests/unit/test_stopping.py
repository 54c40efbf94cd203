"""portal/stopping.py: workers that leave their end to us still end when their work is done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from portal.entrytrees import MANY
from portal.settings import CODE
from tests.catalogues import ENTRY, changed, dump, make_catalogue

SCRIPT = """
import sys
from pathlib import Path
from portal.catalogue import read_catalogue
from portal.stopping import end_together
from tests.catalogues import settings_for

end_together()
for _ in range(5):
    read = read_catalogue(settings_for(Path(sys.argv[1]), jobs=4))
print(len(read.catalogue.datasets))
"""


def test_a_large_catalogue_is_read_by_workers_that_end(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", reviewed=False)
    entry = dump(changed(ENTRY, {"files": [{**ENTRY["files"][0], "path": "x.csv"}]}))
    for number in range(MANY):
        (root / "catalog/ylj" / f"set-{number}.yml").write_text(entry, "utf-8")
    command = [sys.executable, "-c", SCRIPT, str(root)]
    done = subprocess.run(command, cwd=CODE, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == str(MANY + 1)


def test_no_pool_that_ends_its_workers_by_signal() -> None:
    """multiprocessing.Pool sends SIGTERM and waits; a worker that waits for work would never end."""
    found = [path.name for path in (CODE / "portal").rglob("*.py") if ".Pool(" in path.read_text("utf-8")]
    assert found == []
