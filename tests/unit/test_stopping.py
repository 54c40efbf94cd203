"""portal/stopping.py: workers that leave their end to us still end when their work is done."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from portal.entrytrees import MANY
from portal.settings import CODE
from portal.stopping import was_interrupted
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
    done = subprocess.run(command, cwd=CODE, capture_output=True, text=True, timeout=600, check=True)
    assert done.stdout.strip() == str(MANY + 1)


def test_no_pool_that_ends_its_workers_by_signal() -> None:
    """multiprocessing.Pool sends SIGTERM and waits; a worker that waits for work would never end."""
    found = [path.name for path in (CODE / "portal").rglob("*.py") if ".Pool(" in path.read_text("utf-8")]
    assert found == []


def interrupted_while_it_begins() -> None:
    try:
        raise KeyboardInterrupt
    finally:
        threading.Thread().join()


def test_what_an_interruption_broke_is_no_fault_of_ours() -> None:
    """As ProcessPoolExecutor ends where Ctrl-C comes while its thread begins."""
    with pytest.raises(RuntimeError) as told:
        interrupted_while_it_begins()
    assert was_interrupted(told.value)
    assert was_interrupted(KeyboardInterrupt())
    assert not was_interrupted(RuntimeError("cannot join thread before it is started"))


def test_what_was_printed_is_out_before_a_command_leaves() -> None:
    """Through a pipe, where Python holds lines back; and with the code that the command has."""
    script = "import sys; from portal.stopping import leave; print('说完' * 9); print('x', file=sys.stderr); leave(3)"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=False, cwd=CODE, env={}, capture_output=True, encoding="utf-8", timeout=600)
    assert (done.returncode, done.stdout, done.stderr) == (3, "说完" * 9 + "\n", "x\n")


def test_leaving_says_nothing_where_nobody_reads_any_more() -> None:
    script = "from portal.stopping import leave; input(); print('x' * 9); leave(1)"
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=CODE, env={}, stdin=-1, stdout=-1, stderr=-1, text=True) as left:
        assert left.stdin
        assert left.stdout
        assert left.stderr
        left.stdout.close()
        left.stdin.write("\n")
        left.stdin.flush()
        assert left.wait(60) == 1
        assert left.stderr.read() == ""
