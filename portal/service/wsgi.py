"""What gunicorn runs: `gunicorn --workers 1 --threads 8 portal.service.wsgi:application`.

One worker for SQLite, whose writes one lock serialises. The database's structure is brought up to date at start.
"""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.service.settings")
application = get_wsgi_application()

from portal.service.office import office  # noqa: E402 -- only after Django is set up
from portal.service.start import prepare  # noqa: E402
from portal.service.tidings import begin  # noqa: E402

prepare()
begin(office())
