"""A real cluster on this computer: a scheduler and workers, each a process of its own, that talk over the loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

_WAIT = 60.0


def _python(module: str, *args: str, env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        # The shell tells the process its own number: a converter that is to kill its worker must know it.
        return subprocess.Popen(
            ["/bin/sh", "-c", 'UJI_PEKERJA=$$ exec "$@"', "sh", sys.executable, "-m", module, *args],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env={**os.environ, **env},
            start_new_session=True,
        )


@dataclass
class Farm:
    """A scheduler, and the workers that were started for it."""

    folder: Path
    address: str
    scheduler: subprocess.Popen[bytes]
    env: Mapping[str, str] = field(default_factory=dict)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def hire(self, **env: str) -> subprocess.Popen[bytes]:
        """Start one more worker; it is there after ``settle``."""
        number = len(self.workers)
        args = [self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        args += ["--local-directory", str(self.folder / f"pekerja-{number}"), "--death-timeout", "20"]
        worker = _python(
            "distributed.cli.dask_worker", *args, env={**self.env, **env}, log=self.folder / f"pekerja-{number}.log"
        )
        self.workers.append(worker)
        return worker

    def staff(self, count: int) -> None:
        """Have ``count`` workers at least, however many were lost before."""
        alive = self.alive
        for _ in range(count - alive):
            self.hire()
        self.settle(max(count, alive))

    @property
    def alive(self) -> int:
        """Workers that still live."""
        return [worker.poll() for worker in self.workers].count(None)

    def settle(self, count: int) -> None:
        """Wait until there are ``count`` workers."""
        deadline = time.monotonic() + _WAIT
        with Client(self.address, set_as_default=False, timeout=20) as client:
            while len(client.nthreads()) != count:
                assert time.monotonic() < deadline, self.logs()
                time.sleep(0.1)

    def logs(self) -> str:
        """What scheduler and workers have said."""
        return "\n".join(path.read_text(errors="replace")[-3000:] for path in sorted(self.folder.glob("*.log")))

    def end(self) -> None:
        """End what was started."""
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                process.terminate()
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(timeout=3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def farm(folder: Path, env: Mapping[str, str] | None = None, protocol: str = "tcp") -> Iterator[Farm]:
    """A cluster without workers; it ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    told = folder / "penjadwal.json"
    args = [
        "--port",
        "0",
        "--host",
        f"{protocol}://127.0.0.1",
        "--dashboard-address",
        "127.0.0.1:0",
        "--scheduler-file",
        str(told),
    ]
    args += ["--no-show"]
    scheduler = _python("distributed.cli.dask_scheduler", *args, env=env or {}, log=folder / "penjadwal.log")
    made = Farm(folder, "", scheduler, env or {})
    try:
        made.address = _address(told, made)
        yield made
    finally:
        made.end()


def _address(told: Path, made: Farm) -> str:
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline:
        assert made.scheduler.poll() is None, made.logs()
        try:
            return str(json.loads(told.read_text())["address"])
        except (OSError, ValueError, KeyError):
            time.sleep(0.05)
    raise AssertionError(made.logs())


_CONVERTER = """\
#!/bin/sh
'''exec' "{python}" -I -S "$0" "$@"
' '''
import os, signal, sys, zipfile
args = sys.argv[1:]
if "--outdir" not in args and "--version" not in args:
    sys.exit(1)  # an office that stays is not what is tested here
for path in (arg for arg in args if arg.endswith(".docx")):
    text = zipfile.ZipFile(path).read("word/document.xml").decode()
    once = {folder!r} + "/sudah"
    if "Mematikan Pekerja" in text or ("Mematikan Sekali" in text and not os.path.exists(once)):
        open(once, "w").close()
        os.kill(int(os.environ["UJI_PEKERJA"]), signal.SIGKILL)
        sys.exit(1)
os.execv({soffice!r}, [{soffice!r}, *args])
"""


def deadly_converter(folder: Path, soffice: Path) -> Path:
    """Stands in for ``soffice``, but kills the worker that has a document about "Mematikan Pekerja" converted; one
    about "Mematikan Sekali" kills only the first."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "soffice"
    for name in ("versionrc", "version.ini"):
        beside = soffice.parent / name
        if beside.is_file():
            (folder / name).write_bytes(beside.read_bytes())
    program.write_text(_CONVERTER.format(python=sys.executable, soffice=str(soffice), folder=str(folder)), "utf-8")
    program.chmod(0o755)
    return program
