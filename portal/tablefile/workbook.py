"""Spreadsheets, guarded: look at the archive first, then let a process with limits read the sheet.

Measured (service.md §8.4): a 400 kB XLSX unpacks to 114 MB of XML and holds a careless reader for a minute. So the
sizes that the archive declares are judged before anything is unpacked, and what lies about them meets the limits of
the reading process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from portal.model import DataFile
from portal.problems import Problem
from portal.settings import CODE
from portal.tablefile.shape import MIB, Limits, Place, Refused, listed, size_text

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
JUDGED = 10 * MIB
"""Below this many unpacked bytes the ratio says nothing: a small sheet of equal rows packs a hundredfold."""


def kind_of(head: bytes) -> str | None:
    """`zip` (XLSX, ODS) or `ole` (XLS, or an encrypted XLSX) by the first bytes; None for anything else."""
    return "zip" if head.startswith(ZIP) else "ole" if head.startswith(OLE) else None


def guard(stream: BinaryIO, format_: str, place: Place, limits: Limits) -> None:
    """Refuse what must not be opened: no such workbook, encrypted, or an archive that unpacks without bounds."""
    size = stream.seek(0, 2)
    stream.seek(0)
    kind = kind_of(stream.read(8))
    if size > limits.workbook:
        raise place.refuse("workbook-too-large", size=size_text(size), limit=size_text(limits.workbook))
    if kind == "ole" and format_ != "xls":
        raise place.refuse("workbook-encrypted" if _is_encrypted(stream) else "file-extension", real="xls")
    if kind is None or (kind == "zip") != (format_ in ("xlsx", "ods")):
        raise place.refuse("file-extension", real="xlsx" if kind == "zip" else "txt")
    if kind == "zip":
        _guard_archive(stream, place, limits)
    stream.seek(0)


def _is_encrypted(stream: BinaryIO) -> bool:
    """An encrypted XLSX is an OLE file with a stream of this name; its directory may stand anywhere."""
    stream.seek(0)
    held = b""
    while piece := stream.read(MIB):
        held = held[-len(ENCRYPTED) :] + piece
        if ENCRYPTED in held:
            return True
    return False


def _guard_archive(stream: BinaryIO, place: Place, limits: Limits) -> None:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise place.refuse("workbook-broken", reason=str(error)[:200]) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if any(member.flag_bits & 1 for member in members):
        raise place.refuse("workbook-encrypted")
    too_dense = unpacked > JUDGED and unpacked > limits.ratio * packed
    if len(members) > limits.members or unpacked > limits.unpacked or too_dense:
        raise place.refuse(
            "workbook-bomb", unpacked=size_text(unpacked), ratio=unpacked // packed, members=len(members)
        )


def convert(
    stream: BinaryIO, target: Path, file: DataFile, place: Place, limits: Limits
) -> tuple[list[Problem], list[str]]:
    """Write the sheet as canonical CSV; gives warnings and notes. Raises Refused."""
    findings = _run(stream, _order(target, file), place, limits)
    if "rule" in findings:
        raise _refusal(findings, file, place)
    if findings["lost_count"]:
        row, name = findings["lost"][0]
        raise place.refuse("workbook-digits", row=row, number=row, field=name, count=findings["lost_count"])
    warnings = [
        place.problem("workbook-numbers", level="warning", field=name, count=count)
        for name, count in sorted(findings["numbers"].items())
    ]
    return warnings, [f"sheet={findings['sheet']}"]


def sheet_names(stream: BinaryIO, place: Place, limits: Limits) -> list[str]:
    """The visible sheets that hold anything, in the workbook's order. Raises Refused."""
    findings = _run(stream, {"names": True, "sheet": None, "columns": {}, "target": ""}, place, limits)
    if "rule" in findings:
        raise _refusal(findings, DataFile(path=place.path), place)
    return list(findings["names"])


def _order(target: Path, file: DataFile) -> dict[str, Any]:
    columns = {c.name: [c.type, c.format] for c in file.table_schema.fields} if file.table_schema else {}
    return {"names": False, "sheet": file.sheet, "columns": columns, "target": str(target)}


def _run(stream: BinaryIO, asked: Mapping[str, Any], place: Place, limits: Limits) -> Mapping[str, Any]:
    return run_reader("portal.tablefile.child", stream, asked, place, limits)


def run_reader(
    module: str, stream: BinaryIO, asked: Mapping[str, Any], place: Place, limits: Limits
) -> Mapping[str, Any]:
    """Let a process with limits read the workbook: `module` is told `asked`, the open file and the memory that it may
    take, as JSON on standard input, and answers as JSON. Raises Refused.
    """
    handle = stream.fileno()
    order = {**asked, "handle": handle, "memory": limits.memory}
    command = [sys.executable, "-m", module]
    stream.seek(0)
    try:
        done = subprocess.run(
            command,
            input=json.dumps(order).encode(),
            capture_output=True,
            pass_fds=(handle,),
            cwd=CODE,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise place.refuse("workbook-too-slow", seconds=limits.seconds) from error
    if done.returncode < 0:  # the reader is ended by the system when it asks for more memory than it may have
        raise place.refuse("workbook-memory", limit=size_text(limits.memory))
    if done.returncode:
        raise place.refuse("workbook-broken", reason=done.stderr.decode(errors="replace").strip().split("\n")[-1][:200])
    findings: Mapping[str, Any] = json.loads(done.stdout)
    return findings


def _refusal(findings: Mapping[str, Any], file: DataFile, place: Place) -> Refused:
    told: dict[str, Any] = {"sheet": file.sheet or ""}
    for name in ("names", "places"):
        if name in findings:
            told[name] = listed(findings[name])
    for name in ("count", "reason", "limit"):
        if name in findings:
            told[name] = findings[name]
    return place.refuse(findings["rule"], **told)
