"""What a process that is timed finds around it: what a user's machine has, whatever this one is set to."""

from __future__ import annotations

import os

ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""Python keeps compiled modules, as it does by default: those of installed packages were kept by pip, and ours would be
compiled at each start (0.7 s for all of them)."""
