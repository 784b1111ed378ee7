"""Hears from the system which files change. Where it does not tell (network drives), they are looked at by and by."""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol, Self

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.resources import here

QUIET: Final = 10
"""Milliseconds without a further event after which changes are told: one save is several events."""
_AT_MOST: Final = 200
"""Milliseconds after which they are told even so."""
_LOOK: Final = 0.5
"""Seconds between two looks where the system does not tell."""
_FAR: Final = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "ncpfs",
        "vboxsf",
        "drvfs",
        "fuse.sshfs",
        "fuse.rclone",
    )
)
"""File systems of Linux on which other computers write, of which nothing is told here."""
MOUNTS: Final = Path("/proc/self/mounts")
"""What Linux tells of the file systems in use."""


class Changes(Protocol):
    """Where changes come from."""

    def next(self, timeout: float | None) -> frozenset[Path]:
        """The files and folders that changed since the last call; none when none did for ``timeout`` seconds.

        None waits for as long as it takes. Raises UsageError when there is nothing left to watch.
        """


class FileChanges:
    """Changes below ``roots`` that ``matters`` lets through. A context manager: it listens from entry to exit.

    ``polling``: looks by itself; None where the system is not sure to tell.
    """

    def __init__(self, roots: Sequence[Path], matters: Callable[[Path], bool], *, polling: bool | None = None) -> None:
        self._roots = tuple(roots)
        self._matters = matters
        self.polling = polling or (polling is None and any(_is_far(root) for root in roots))
        self._told: queue.SimpleQueue[frozenset[Path] | Exception] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._real = {root: root.resolve() for root in roots}
        self._made = self._identities()
        self._gone_since: float | None = None

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()

    def next(self, timeout: float | None) -> frozenset[Path]:
        """See ``Changes``."""
        waited = 0.0
        while timeout is None or waited < timeout or not waited:
            step = _TICK if timeout is None else min(_TICK, timeout - waited)
            try:
                told = self._told.get(timeout=step) if step > 0 else self._told.get_nowait()
            except queue.Empty:
                waited += max(step, 1e-9)
                changed = self._replaced()
            else:
                if isinstance(told, Exception):
                    raise told
                changed = told
            if changed:
                return changed
        return frozenset()

    def _replaced(self) -> frozenset[Path]:
        """The roots that are other folders of the same name now: of these, nobody would tell any longer."""
        made = self._identities()
        gone = next((root for root in self._roots if root not in made), None)
        if gone is None:
            self._gone_since = None
        elif self._gone_since is None:  # another may be about to take its place
            self._gone_since = time.monotonic()
            return frozenset()
        elif time.monotonic() - self._gone_since < _TICK:
            return frozenset()
        else:
            raise UsageError(say("Folder {folder} tidak ada lagi, jadi tidak ada yang diawasi.", folder=here(gone)))
        other = frozenset(root for root in self._roots if made[root] != self._made[root])
        if other:
            self._made = made
            self._stop.set()
            self._stop = threading.Event()
            self._listen()
        return other

    def _identities(self) -> dict[Path, tuple[int, int]]:
        found = {}
        for root in self._roots:
            try:
                status = root.stat()
            except OSError:
                continue
            found[root] = (status.st_dev, status.st_ino)
        return found

    def _listen(self) -> None:
        ready = threading.Event()
        threading.Thread(target=self._run, args=(self._stop, ready), name="watch", daemon=True).start()
        ready.wait()

    def _run(self, stop: threading.Event, ready: threading.Event) -> None:
        """In a thread of its own, so that nobody who works misses a change."""
        try:
            if not self.polling:
                self._hear(stop, ready)
        except OSError:
            # No more watches to be had (fs.inotify.max_user_watches), or a system that cannot tell.
            self.polling = True
        except Exception as fault:  # noqa: BLE001 - raised by ``next``, where somebody hears it
            self._told.put(fault)
        try:
            if self.polling:
                self._look(stop, ready)
        except Exception as fault:  # noqa: BLE001 - as above
            self._told.put(fault)
        finally:
            ready.set()

    def _hear(self, stop: threading.Event, ready: threading.Event) -> None:
        from watchfiles import watch

        for batch in watch(
            *self._roots,
            watch_filter=None,
            debounce=_AT_MOST,
            step=QUIET,
            stop_event=stop,
            rust_timeout=_FIRST,
            yield_on_timeout=True,
            force_polling=False,
            ignore_permission_denied=True,
        ):
            ready.set()
            changed = frozenset(path for _, name in batch if self._matters(path := self._as_given(Path(name))))
            if changed:
                self._told.put(changed)

    def _look(self, stop: threading.Event, ready: threading.Event) -> None:
        """Compare what stands there with what stood there. (That of watchfiles knows whole seconds only: of two saves
        in one second it would miss the second.)"""
        before = self._standing()
        ready.set()
        while not stop.wait(_LOOK):
            now = self._standing()
            changed = frozenset(path for path in {**before, **now} if before.get(path) != now.get(path))
            if changed:
                self._told.put(changed)
            before = now

    def _standing(self) -> dict[Path, tuple[int, int, int]]:
        """Time (nanoseconds), size and number of every file that matters."""
        found = {}
        left = [os.fspath(root) for root in self._roots]
        while left:
            try:
                with os.scandir(left.pop()) as entries:
                    for entry in entries:
                        if not self._matters(path := Path(entry.path)):
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            left.append(entry.path)
                        else:
                            status = entry.stat()
                            found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
            except OSError:  # gone meanwhile, or not to be opened: the next look sees what is there then
                continue
        return found

    def _as_given(self, path: Path) -> Path:
        """``path`` below the root as it was given: macOS tells where it really lies."""
        for root, real in self._real.items():
            if real != root and not path.is_relative_to(root) and path.is_relative_to(real):
                return root / path.relative_to(real)
        return path


_TICK: Final = 1.0
_FIRST: Final = 50


def _is_far(path: Path) -> bool:
    """Does ``path`` lie on a file system of which the system tells nothing that others do?"""
    if sys.platform != "linux":
        return False
    try:
        rows = [line.split() for line in MOUNTS.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return False
    mounts = {Path(row[1].replace("\\040", " ")): row[2] for row in rows if len(row) > 2}
    real = path.resolve()
    return next((mounts[at] in _FAR for at in (real, *real.parents) if at in mounts), False)
