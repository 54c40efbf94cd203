"""What went out: the headers that every answer carries, and what the log wants to know about it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from portal.front.headers import SECURITY, policy
from portal.front.paths import is_form


class Sent:
    """What went out: status, bytes, release. Adds the headers that every answer carries."""

    def __init__(self, release: str, tiles: str = "") -> None:
        """`tiles` is the one other host from which pages of datasets may take pictures: the ground of their maps."""
        self.tiles = tiles
        self.status = 500
        self.bytes = 0
        self.release = release

    def watching(self, send: Send, path: str) -> Send:
        """A `send` that adds the headers and counts. The forms may be stricter than we are; nobody else may differ."""
        forms = is_form(path)
        maps = self.tiles and path.startswith(("/dataset/", "/en/dataset/"))
        security = SECURITY | ({"content-security-policy": policy(self.tiles)} if maps else {})

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in security.items():
                    if not forms or name not in headers:
                        headers[name] = value
                self.release = headers.setdefault("x-release", self.release)
            elif message["type"] == "http.response.body":
                self.bytes += len(message.get("body", b""))
            await send(message)

        return watched
