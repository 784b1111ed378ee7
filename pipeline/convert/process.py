"""LibreOffice as a process: its command line, and its end, which comes with that of the program at the latest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

EXPORT = {
    "SelectPdfVersion": {"type": "long", "value": "3"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
    "UseLosslessCompression": {"type": "boolean", "value": "true"},
    "ReduceImageResolution": {"type": "boolean", "value": "false"},
}
"""PDF/A-3 for fonts and colours, PDF/UA for clean tags; the finish step makes of both what validators accept.
LibreOffice ignores an unknown option without a word."""
_WATCH = """exec 3<&0 </dev/null; "$@" & program=$!; (read -r _ <&3; kill -9 0) & wait "$program"; kill -9 0"""
"""Ends the group of processes when the pipe it reads is closed, which the system does however this program ends, and
when the program itself ends: LibreOffice is two processes, and a client that has lost its office becomes one."""


def command(program: Path, profile: Path, *more: str | Path) -> list[str]:
    """The command line of LibreOffice with a profile of its own: two on one profile lose files."""
    return [str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", *map(str, more)]


def conversion(outbox: Path, *documents: Path) -> list[str]:
    """The arguments that have ``documents`` made into PDFs of the same names in ``outbox``."""
    return [
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(EXPORT)}",
        "--outdir",
        str(outbox),
        *map(str, documents),
    ]


def environment(temporary: Path) -> dict[str, str]:
    """What LibreOffice finds around it: no screen, and its temporary files in ``temporary``."""
    return {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "TMPDIR": str(temporary)}


def start(line: list[str], temporary: Path) -> subprocess.Popen[bytes]:
    """Start LibreOffice as a group of processes of its own, so that Ctrl-C does not reach it. Raises OSError."""
    quiet = subprocess.DEVNULL
    found = environment(temporary)
    if sys.platform == "win32":
        return subprocess.Popen(line, stdin=quiet, stdout=quiet, stderr=quiet, env=found)
    watched = ["/bin/sh", "-c", _WATCH, "sh", *line]
    pipe = subprocess.PIPE
    return subprocess.Popen(watched, stdin=pipe, stdout=quiet, stderr=quiet, env=found, process_group=0)


def end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children: ``soffice`` is a small program that waits for the real one."""
    if process.poll() is None:
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        else:
            import signal

            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin is not None:
        process.stdin.close()
