"""unoserver beside Tertib: LibreOffices that stay, driven over UNO, as many as asked for."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.measure import ROOT
from benchmarks.talk import NotDoneError, Talk, talking

PEERS = ROOT / "benchmarks" / "peers"
PROGRAMS = PEERS / ".venv" / "bin"
PATIENCE = 60.0
"""Seconds until a server that was started must answer."""


def is_installed() -> bool:
    """Whether ``make peers`` found what unoserver needs."""
    return (PROGRAMS / "unoserver").is_file()


@contextmanager
def servers(count: int, folder: Path) -> Iterator[Talk]:
    """Start ``count`` servers, each with a profile of its own in ``folder``, and who hands them documents."""
    with ExitStack() as stack:
        ports = [stack.enter_context(_server(folder / f"uno-{number}")) for number in range(count)]
        client = [str(PROGRAMS / "python"), str(PEERS / "uno_client.py"), *map(str, ports)]
        yield stack.enter_context(talking("unoserver", client))


def convert(running: Talk, pairs: Sequence[tuple[Path, Path]]) -> float:
    """Seconds to convert ``pairs`` of DOCX and PDF. Raises NotDoneError when one cannot be converted."""
    told = running.ask([[str(source), str(target)] for source, target in pairs])
    if told["errors"]:
        raise NotDoneError(f"unoserver: {told['errors'][0]}")
    return float(told["seconds"])


@contextmanager
def _server(profile: Path) -> Iterator[int]:
    port, uno_port = _free_port(), _free_port()
    command = [str(PROGRAMS / "unoserver"), "--port", str(port), "--uno-port", str(uno_port), "--quiet"]
    command += ["--user-installation", str(profile), "--executable", shutil.which("soffice") or "soffice"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()  # it ends its LibreOffice
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until something answers at ``port``."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise NotDoneError("unoserver did not start")
