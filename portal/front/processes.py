"""The three processes behind one address: what each is started with, and what each may know.

The query API runs strangers' SQL, so it gets a clean environment: no key, no database address, no password of the
forms. It and the forms listen on Unix sockets in a folder that only this user can enter.
"""

from __future__ import annotations

import ctypes
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from portal.front.limits import Limits
from portal.settings import CODE, Settings

QUIET_SECONDS = 60.0
"""A process that ran this long before it ended starts again at once; else each time twice as late."""
LONGEST_PAUSE = 30.0
STOP_SECONDS = 12.0
LOG_BYTES = 10_000_000
PLAIN = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SYSTEMROOT")
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Child:
    """A process to be kept running. `before` runs to its end first; `log` takes what it prints, of a `quiet` one
    only the errors: Datasette prints a line a request, with everything that strangers ask.
    """

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path | None = None
    before: Sequence[str] | None = None
    sockets: tuple[int, ...] = ()
    quiet: bool = False


@dataclass
class Running:
    """A child and its process, with what is needed to start it again with patience."""

    child: Child
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = field(default=0.0)

    def start(self, now: float) -> bool:
        """Start it; False where what runs before it failed."""
        self.started = now
        if self.child.before and run_once(self.child.before, self.child) != 0:
            self.later(now)
            return False
        self.process = spawn(self.child)
        return True

    def tend(self, now: float) -> str | None:
        """Start it again if it ended and its time has come; says what happened, or None."""
        if self.process and self.process.poll() is not None:
            code, self.process = self.process.returncode, None
            if now - self.started > QUIET_SECONDS:
                self.failures = 0
            self.later(now)
            return f"{self.child.name} 已退出（{code}），{self.again_at - now:.0f} 秒后重新启动"
        if self.process is None and now >= self.again_at:
            self.start(now)
        return None

    def later(self, now: float) -> None:
        """Set the time of the next start: 0, 1, 2, 4 … 30 s."""
        pause = 0.0 if self.failures == 0 else min(LONGEST_PAUSE, 2.0 ** (self.failures - 1))
        self.failures += 1
        self.again_at = now + pause

    def stop(self) -> None:
        """Ask it to end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for its end, and force it where it does not come."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def spawn(child: Child) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches the supervisor alone."""
    output = child.log.open("ab") if child.log else None
    try:
        return subprocess.Popen(
            list(child.command),
            env=dict(child.environ),
            cwd=CODE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if child.quiet else output,
            stderr=output,
            pass_fds=child.sockets,
            umask=0o077,  # what people send, and logs, are this user's business alone
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 -- the supervisor starts children from its only thread
        )
    finally:
        if output:
            output.close()


def run_once(command: Sequence[str], child: Child) -> int:
    """Run a command with a child's environment and log; its exit code."""
    prepared = Child(child.name, command, child.environ, child.log)
    return spawn(prepared).wait()


def _end_with_parent() -> None:
    """Ask Linux to end the child when the supervisor dies, however it dies (prctl(2)). Elsewhere: nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def plain_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What any process may know: where programs are and which language is spoken."""
    kept = {name: environ[name] for name in PLAIN if name in environ}
    return {**kept, "PYTHONPATH": str(CODE), "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def front_child(config: Path, handle: int, environ: Mapping[str, str]) -> Child:
    """The front, on a socket that is already open."""
    command = [sys.executable, "-m", "portal.front", str(config), str(handle)]
    return Child("网站", command, plain_environment(environ), sockets=(handle,))


def write_front_config(path: Path, settings: Settings, upstreams: Path, *, limits: Limits, behind_proxy: bool) -> None:
    """The front's configuration, as `portal.front.__main__` reads it."""
    tree = {
        "build": str(settings.build),
        "var": str(settings.var),
        "upstreams": str(upstreams),
        "limits": asdict(limits),
        "behind_proxy": behind_proxy,
    }
    path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")


def hold(release: Path, folder: Path) -> Path:
    """Link what the query API needs of a release into a folder of its own, which publishing does not remove.

    A query API opens its databases whenever a thread first needs them; after three more releases they would be gone.
    Raises OSError where the release is gone already.
    """
    (folder / "data").mkdir(parents=True)
    for path in ("catalogue.json", "shell.html"):
        if (release / path).exists():
            os.link(release / path, folder / path)
    for source in sorted((release / "data").iterdir()):
        os.link(source, folder / "data" / source.name)
    return folder


def datasette_child(release: Path, where: Path, settings: Settings, environ: Mapping[str, str]) -> Child:
    """The query API on one release's databases, each opened as immutable, listening at `where`.

    The databases are named one by one: a configuration folder makes them immutable only through an inspect file that
    names them exactly, else silently not (measurements.md §7).
    """
    config = CODE / "datasette_config"
    chosen = json.loads((config / "settings.json").read_text("utf-8"))
    command = [sys.executable, "-m", "datasette", "serve", "--uds", str(where), "--cors"]
    for database in sorted((release / "data").glob("*.db")):
        command += ["--immutable", str(database)]
    command += ["--metadata", str(release / "data" / "metadata.json")]
    command += ["--template-dir", str(config / "templates"), "--plugins-dir", str(config / "plugins")]
    command += ["--static", f"portal_static:{config / 'static'}"]
    for name, value in chosen.items():
        command += ["--setting", name, json.dumps(value) if isinstance(value, bool | int) else value]
    known = {
        **plain_environment(environ),
        "KAISHU_LIVE": str(release),
        "KAISHU_STATE": str(settings.var / "public" / "state.json"),
        "FORWARDED_ALLOW_IPS": "*",  # only the front can reach the socket
    }
    return Child("查询接口", command, known, log=settings.var / "log" / "data.log", quiet=True)


def forms_child(where: Path, settings: Settings, environ: Mapping[str, str]) -> Child:
    """The forms and the desk: gunicorn, one worker, eight threads; the database is brought up to date first."""
    known = {
        **environ,
        "PYTHONPATH": str(CODE),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "portal.service.settings",
        "KAISHU_ROOT": str(settings.root),
        "KAISHU_VAR": str(settings.var),
        "KAISHU_LIVE": str(settings.live),
    }
    command = [
        sys.executable, "-m", "gunicorn", "portal.service.wsgi:application", "--bind", f"unix:{where}",
        "--workers", "1", "--threads", "8", "--worker-class", "gthread", "--timeout", "60",
        "--forwarded-allow-ips", "*", "--worker-tmp-dir", str(where.parent), "--no-control-socket",
    ]  # fmt: skip
    migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"]
    return Child("表单服务", command, known, log=settings.var / "log" / "forms.log", before=migrate)


def answers(where: Path, path: str = "/-/versions.json") -> bool:
    """Whether a process answers a request on its Unix socket with 200."""
    connection = http.client.HTTPConnection("localhost", timeout=5)
    connection.sock = socket.socket(socket.AF_UNIX)
    try:
        connection.sock.settimeout(5)
        connection.sock.connect(str(where))
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def shorten_log(path: Path) -> None:
    """Keep a process's log below 10 MB: the older half moves to `<name>.1`. The process goes on appending."""
    try:
        if path.stat().st_size > LOG_BYTES:
            path.with_name(path.name + ".1").write_bytes(path.read_bytes())
            os.truncate(path, 0)
    except FileNotFoundError:
        pass
