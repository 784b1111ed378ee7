"""Progress on stderr: a bar on a terminal for work over a second, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn, TextIO

from pipeline.cli.options import Looks
from pipeline.model.message import Lang, Message
from pipeline.report.paint import clean
from pipeline.run.events import Listener, Silent

if TYPE_CHECKING:
    from tqdm import tqdm

_LINE_EVERY = 5.0
_APPEARS = 1.0
_TICK = 0.5


@contextmanager
def listening(looks: Looks, stream: TextIO | None = None) -> Iterator[Listener]:
    """What shows progress on ``stream`` (stderr) in the way that suits it, until the work is over."""
    stream = stream or sys.stderr
    if looks.quiet:
        yield Silent()
    elif stream.isatty() and not looks.verbose:
        bar = Bar(looks.lang, stream)
        try:
            yield bar
        finally:
            bar.close()
    else:
        yield Lines(looks.lang, stream, each=looks.verbose)


class Bar:
    """A bar per stretch of work; it appears after a second and disappears when the stretch is over.

    A thread keeps its clock going, as LibreOffice may be silent for long before the first document comes out.
    """

    def __init__(self, lang: Lang, stream: TextIO) -> None:
        self._lang: Lang = lang
        self._stream = stream
        self._over = threading.Event()
        self._bar: tqdm[NoReturn] | None = None
        self._left = 0

    def started(self, total: int, label: Message) -> None:
        """A new bar."""
        from tqdm import tqdm

        self.close()
        self._left = total
        if total:
            self._bar = tqdm(
                total=total,
                desc=label.text(self._lang),
                file=self._stream,
                delay=_APPEARS,
                leave=False,
                bar_format="{desc} {n_fmt}/{total_fmt} |{bar}| {elapsed} (~{remaining})",
            )
            self._over = threading.Event()
            threading.Thread(target=_keep_alive, args=(self._bar, self._over), daemon=True).start()

    def advanced(self, item: str = "") -> None:  # noqa: ARG002 - the bar shows numbers only
        """One more; the bar goes when all are done."""
        if self._bar is not None:
            self._bar.update()
            self._left -= 1
            if self._left <= 0:
                self.close()

    def note(self, message: Message) -> None:
        """A line; the bar is drawn again below it when there is more to show."""
        if self._bar is not None:
            self._bar.clear()
        _tell(message.text(self._lang), self._stream)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._over.set()
            self._bar.close()
            self._bar = None


def _keep_alive(bar: tqdm[NoReturn], over: threading.Event) -> None:
    wait = _APPEARS
    while not over.wait(wait):
        with bar.get_lock():  # type: ignore[no-untyped-call] # missing in its stubs
            if not over.is_set():
                bar.refresh()
        wait = _TICK


class Lines:
    """Lines for logs: one per stretch, one every few seconds while it lasts; with ``each`` one per item."""

    def __init__(self, lang: Lang, stream: TextIO, *, each: bool) -> None:
        self._lang: Lang = lang
        self._stream = stream
        self._each = each
        self._label = ""
        self._total = 0
        self._done = 0
        self._told = 0.0

    def started(self, total: int, label: Message) -> None:
        """The first line, for work that is not over at once."""
        self._label, self._total, self._done = label.text(self._lang), total, 0
        self._told = time.monotonic()
        if total and self._each:
            self._say(f"{self._label} (0/{total})")

    def advanced(self, item: str = "") -> None:
        """A line when it is time for one."""
        self._done += 1
        now = time.monotonic()
        if self._each or now - self._told >= _LINE_EVERY:
            self._told = now
            self._say(f"{self._label} ({self._done}/{self._total}){' ' + item if item else ''}")

    def note(self, message: Message) -> None:
        """A line."""
        self._say(message.text(self._lang))

    def _say(self, text: str) -> None:
        _tell(text, self._stream)


def _tell(text: str, stream: TextIO) -> None:
    with suppress(OSError):  # the work goes on where nobody reads of it
        print(clean(text), file=stream, flush=True)
