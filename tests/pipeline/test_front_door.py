"""build.py as people type it: exit codes, languages, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.waiting import LONG, wait_until

CODE = Path(__file__).parents[2]
GOOD = CODE / "tests" / "good"
NOW = "2026-11-22T10:00"


def run(*words: str, cwd: Path = CODE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(CODE / "build.py"), *words],
        capture_output=True, text=True, cwd=cwd, timeout=600, env={**os.environ, "NO_COLOR": "1"}, check=False,
    )  # fmt: skip


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "城市 city")


def an_entry(city: Path) -> Path:
    return city / "catalog" / "ylj" / "parks.yml"


def test_a_good_catalogue_passes_with_exit_0(city: Path) -> None:
    done = run("check", "--root", str(city), "--now", NOW)
    assert done.returncode == 0, done.stdout + done.stderr


def test_problems_are_told_in_chinese_or_english_with_exit_1(city: Path) -> None:
    entry = an_entry(city)
    entry.write_text(entry.read_text("utf-8").replace("data_date: ", "data_date: 不是"), "utf-8")
    chinese = run("check", "--root", str(city), "--now", NOW)
    english = run("check", "--root", str(city), "--now", NOW, "--lang", "en")
    assert chinese.returncode == english.returncode == 1
    assert entry.relative_to(city).as_posix() in chinese.stdout
    assert "数据日期" in chinese.stdout
    assert "Traceback" not in chinese.stderr + english.stderr
    assert "problem" in english.stdout or "error" in english.stdout


def test_json_is_a_list_with_the_keys_that_tools_read(city: Path) -> None:
    an_entry(city).with_name("broken.yml").write_text("title: [\n", "utf-8")
    done = run("check", "--root", str(city), "--format", "json", "--now", NOW)
    keys = {"path", "line", "rule", "level", "message", "advice", "article", "dataset", "field", "row"}
    problems = json.loads(done.stdout)
    assert done.returncode == 1
    assert any(one["path"].endswith("broken.yml") for one in problems)
    assert all(set(one) == keys for one in problems)


def test_only_the_named_paths_are_shown(city: Path) -> None:
    broken = an_entry(city).with_name("broken.yml")
    broken.write_text("title: [\n", "utf-8")
    other = city / "catalog" / "portal.yml"
    done = run("check", "--root", str(city), "--format", "json", "--now", NOW, str(broken))
    assert {one["path"] for one in json.loads(done.stdout)} == {broken.relative_to(city).as_posix()}
    assert run("check", "--root", str(city), "--now", NOW, str(other)).returncode == 0


def test_exceptions_of_sets_that_were_not_read_are_no_errors() -> None:
    """Whether an exception is still needed only its rows tell, and with a path those of other sets are not read."""
    done = run("check", "--now", NOW, "catalog/portal.yml")
    told = re.search(r"另有 \d+ 个文件中的 (\d+) 个错误", done.stdout)
    assert done.returncode == 0, done.stdout
    assert told is None or told[1] == "0", done.stdout


def test_a_path_that_does_not_exist_is_no_clean_bill(city: Path) -> None:
    done = run("check", "--root", str(city), "--now", NOW, str(city / "catalog" / "nosuch.yml"))
    assert done.returncode == 2
    assert "nosuch.yml" in done.stderr


def test_a_name_that_no_file_can_have_is_no_fault_of_ours(city: Path) -> None:
    done = run("check", "--root", str(city), "--now", NOW, "长" * 2000)
    assert done.returncode == 2
    assert "没有这个文件" in done.stderr


def test_a_copy_elsewhere_is_not_what_is_checked(city: Path, tmp_path: Path) -> None:
    copy = tmp_path / "桌面" / "parks.yml"
    copy.parent.mkdir()
    copy.write_text("title: [\n", "utf-8")
    done = run("check", "--root", str(city), "--now", NOW, str(copy))
    assert done.returncode == 2
    assert f"没有检查 {copy}" in done.stderr
    assert done.stdout == ""
    assert run("check", "--root", str(city), "--now", NOW, str(city.parent)).returncode == 0


def test_a_gbk_file_is_read_and_the_report_says_so(city: Path) -> None:
    data = city / "datasets" / "ylj" / "parks.csv"
    data.write_bytes(data.read_text("utf-8").encode("gb18030"))
    done = run("check", "--root", str(city), "--now", NOW)
    assert "按 GBK（GB18030）编码读取：datasets/ylj/parks.csv" in done.stderr


def test_a_wrong_word_is_exit_2() -> None:
    assert run("chekc").returncode == 2
    assert run("check", "--format", "pdf").returncode == 2


@pytest.mark.parametrize(
    "words",
    [("--now", "明天"), ("--root", "/no/such/folder"), ("--jobs", "0"), ("--jobs", "二")],
)
def test_a_wrong_value_is_exit_2_and_says_what_is_wanted(words: tuple[str, str]) -> None:
    done = run("check", *words)
    assert done.returncode == 2
    assert words[0] in done.stderr
    assert words[1] in done.stderr
    assert run("serve", "--port", "99999").returncode == 2


def test_a_review_opens_the_gate_for_exactly_what_was_reviewed(city: Path) -> None:
    entry = an_entry(city)
    name = entry.stem
    data = city / "datasets" / entry.parent.name / f"{name}.csv"
    lines = data.read_text("utf-8").splitlines()
    data.write_text("\n".join([*lines[:-1], ""]), "utf-8")
    assert "[review-outdated]" in run("check", "--root", str(city), "--now", "2027-02-01").stdout
    done = run(
        "review", name, "--by", "数据安全岗（示范）", "--note", "删去一行", "--root", str(city), "--now", "2027-02-01"
    )
    assert done.returncode == 0, done.stderr
    after = run("check", "--root", str(city), "--now", "2027-02-01")
    assert "[review-outdated]" not in after.stdout
    assert "[release-missing]" not in after.stdout
    assert "删去一行" in entry.with_name(f"{name}.releases.yml").read_text("utf-8")


def test_a_review_of_what_does_not_exist_says_so(city: Path) -> None:
    done = run("review", "no-such-set", "--by", "数据安全岗", "--root", str(city), "--now", NOW)
    assert done.returncode == 3
    assert "no-such-set" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("to_all", [True, False])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_ends_at_once_with_its_workers(city: Path, number: signal.Signals, to_all: bool) -> None:
    """Ctrl-C and some supervisors reach all processes, others send the signal to the first one only."""
    command = [sys.executable, str(CODE / "build.py"), "--root", str(city), "--now", NOW, "--jobs", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr
        told = [next(line for line in process.stderr if line.startswith("读取目录"))]
        time.sleep(0.3)
        if to_all:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        told += process.stderr.readlines()
        assert process.wait(timeout=LONG) == 130
    assert told[-1] == "已中断。\n"
    assert "Traceback" not in "".join(told)
    wait_until(lambda: not is_there(process.pid))  # nobody of its session is left, once the system has cleared up
    assert not (city / "_build" / "live").exists()


def is_there(group: int) -> bool:
    """Some process of the group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_fault_of_ours_is_no_traceback(tmp_path: Path) -> None:
    """A folder where nothing can be written is the machine's fault, not a department's."""
    city = shutil.copytree(GOOD, tmp_path / "city")
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    done = run("--root", str(city), "--build", str(blocked / "below"), "--now", NOW, cwd=tmp_path)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "平台" in done.stderr


def test_a_fault_is_told_where_its_note_cannot_stand(tmp_path: Path) -> None:
    """A folder of one's own where nothing can be written: the note goes to temporary files, and its path is told."""
    place, blocked = tmp_path / "at", tmp_path / "file"
    (place / "_fault.txt").mkdir(parents=True)
    blocked.write_text("", "utf-8")
    done = run("--root", str(GOOD), "--build", str(blocked / "below"), "--now", NOW, cwd=place)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    found = re.search(r"请把 (\S+) 交给", done.stderr)
    assert found, done.stderr
    note = Path(found[1])
    assert "NotADirectoryError" in note.read_text("utf-8")
    note.unlink()


def test_a_fault_is_told_where_nothing_at_all_can_be_written(tmp_path: Path) -> None:
    """No byte into any file, as on a full disk: the text of the fault itself is what a person can hand on."""
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    words = ["--root", str(GOOD), "--build", str(blocked / "below"), "--now", NOW]
    done = subprocess.run(
        [sys.executable, "-B", str(CODE / "build.py"), *words],
        capture_output=True, text=True, cwd=tmp_path, timeout=600, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "以下文字" in done.stderr
    assert "the text below" in done.stderr
    assert re.search(r"(?m)^(NotADirectoryError|OSError): ", done.stderr)
    assert "During handling" not in done.stderr
