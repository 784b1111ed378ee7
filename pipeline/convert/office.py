"""One LibreOffice that stays: documents are handed to it one at a time, and nothing is started for them.

A LibreOffice with a document open does not end. What is then called with the same profile and ``--convert-to`` is a
small program that hands the work over and waits until it is done: the same way as in a batch, so the same bytes, for
a hundredth of a second. Measured over 340 documents: neither slower nor, beyond the first 50, larger.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from pipeline.convert.places import forget
from pipeline.convert.process import command, conversion, end, environment, start

_READY = 60.0
"""Seconds in which an office must be there."""
_STEP = 0.02


class Office:
    """One office with its own ``folder``; not to be used by two threads, but ``retire`` may come from any."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._profile = folder / "profil"
        self._outbox = folder / "keluar"
        self._process: subprocess.Popen[bytes] | None = None
        self._retired = False
        self.handed = 0
        """Documents it was given since it was started."""
        self.took = 0.0
        """Seconds that the last of them took."""

    @property
    def alive(self) -> bool:
        """Is it there?"""
        process = self._process
        return process is not None and process.poll() is None

    def start(self, patience: float) -> bool:
        """Start it; does it stay? Waits ``patience`` seconds at most. Raises OSError where nothing can be started."""
        self.end()
        if self._retired:
            return False
        if sys.platform == "win32":
            return False  # nothing there would end it with this program, however that ends
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        kept = self._folder / "terbuka.txt"
        kept.write_text("tertib", encoding="utf-8")
        line = command(self._program, self._profile, "--norestore", "--nologo", kept)
        self._process = start(line, self._folder)
        self.handed = 0
        deadline = time.monotonic() + min(patience, _READY)
        # This file says that the document is open. Who calls before that may find that the office starts over, as it
        # does with a new profile, and becomes an office itself.
        while not kept.with_name(f".~lock.{kept.name}#").exists():
            if self._retired or not self.alive or time.monotonic() > deadline:
                self.end()
                return False
            time.sleep(_STEP)
        return True

    def convert(self, docx: Path, patience: float) -> Path | None:
        """The PDF of ``docx``, None when none came within ``patience`` seconds. It is gone with the next call.

        Whatever is said of it here, only its proof tells whether the PDF is good.
        """
        shutil.rmtree(self._outbox, ignore_errors=True)
        self._outbox.mkdir(parents=True)
        process = self._process
        if process is None or process.poll() is not None:
            return None
        self.handed += 1
        began = time.monotonic()
        try:
            client = self._client(process.pid, docx)
        except PermissionError:
            return None  # it has just ended: there is no such group of processes any more
        try:
            code = client.wait(patience)
        except subprocess.TimeoutExpired:
            self.end()
            client.wait()
            return None
        self.took = time.monotonic() - began
        made = self._outbox / f"{docx.stem}.pdf"
        return made if code == 0 and made.is_file() else None

    def _client(self, group: int, docx: Path) -> subprocess.Popen[bytes]:
        """What hands ``docx`` over, in the same group of processes: it ends with its office."""
        quiet, found = subprocess.DEVNULL, environment(self._folder)
        line = command(self._program, self._profile, *conversion(self._outbox, docx))
        return subprocess.Popen(line, stdin=quiet, stdout=quiet, stderr=quiet, env=found, process_group=group)

    def retire(self) -> None:
        """End it for good, from any thread: who is just starting it finds that it does not stay."""
        self._retired = True
        self.end()

    def end(self) -> None:
        """End it, and what was handed to it; a document that it was at work on does not come out."""
        process, self._process = self._process, None
        if process is not None:
            end(process)
            forget(self._profile)
