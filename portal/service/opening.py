"""The form service as commands need it: settings, tables and office, without a server."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from portal.settings import Settings

if TYPE_CHECKING:
    from portal.service.office import Office


def open_office(settings: Settings) -> Office:
    """Set Django up for a command with the same folders as the service, once, and bring the tables up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.service.settings")
    os.environ["KAISHU_ROOT"] = str(settings.root)
    os.environ["KAISHU_VAR"] = str(settings.var)
    os.environ["KAISHU_LIVE"] = str(settings.live)
    os.environ["KAISHU_NOW"] = settings.now.isoformat()
    return _opened()


@cache
def _opened() -> Office:
    import django  # noqa: PLC0415 -- only commands of the desk pay for Django

    django.setup()
    from portal.service.office import office  # noqa: PLC0415
    from portal.service.start import prepare  # noqa: PLC0415

    prepare()
    return office()
