"""What every test shares: a small valid catalogue, and no way out to the network."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.catalogues import make_catalogue

# On the forge a run says the same of the same code; at a desk each run explores further. How long an example takes
# says nothing: the machine may have other work.
PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("desk", **PATIENT)
hypothesis.settings.register_profile("forge", derandomize=True, **PATIENT)
hypothesis.settings.load_profile("forge" if os.environ.get("CI") else "desk")

LOCAL = {"localhost", "localhost.localdomain", "ip6-localhost", ""}


class TestReachedForTheNetwork(AssertionError):
    """A test tried to talk to another machine."""

    __test__ = False


def _is_local(host: object) -> bool:
    if host is None:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    if text in LOCAL:
        return True
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Only this machine answers: anything else fails loudly."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(address: Any) -> None:
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise TestReachedForTheNetwork(f"a test reached for {address[0]}")

    def guarded(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    def resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        check((host,))
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket.socket, "connect_ex", guarded_ex)
        patch.setattr(socket, "getaddrinfo", resolve)
        yield


@pytest.fixture
def tiny_catalogue(tmp_path: Path) -> Callable[..., Path]:
    """Call it with what differs: `tiny_catalogue(title=…, rows=…)` returns the city's folder."""

    def make(**changes: Any) -> Path:
        return make_catalogue(tmp_path / "city", **changes)

    return make
