"""How a process answers that reads a stranger's workbook: what it is told, what it may take, what it says of failures.

The other side, which starts such a process and ends it after its time, is portal/tablefile/workbook.run_reader.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from python_calamine import CalamineError, PasswordError

Findings = dict[str, Any]


def answer(read: Callable[[BinaryIO, Any], Findings]) -> None:
    """Do what standard input orders as JSON: `handle` is an open file, `memory` the bytes that may be taken.

    What `read` finds in the file goes to standard output as JSON; a `rule` in it means that the file can't be used.
    """
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    try:
        with open(order["handle"], "rb") as stream:  # noqa: PTH123 -- a handle, not a path
            findings = read(stream, order)
    except PasswordError:
        findings = {"rule": "workbook-encrypted"}
    except MemoryError:
        findings = {"rule": "workbook-memory", "limit": f"{order['memory'] >> 20} MiB"}
    except CalamineError as error:
        findings = {"rule": "workbook-broken", "reason": str(error)[:200]}
    json.dump(findings, sys.stdout)
