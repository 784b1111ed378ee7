"""Documents for a cluster to make, and a listener that breaks something on the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.model.message import Message
from pipeline.run.events import Silent
from pipeline.run.settings import Settings
from tests.cli.desk import SOP, STEPS, Desk

TITLES = ("Pengelolaan Arsip", "Penerimaan Tamu", "Peminjaman Kendaraan")
"""The same in every test: LibreOffice converts them once."""


def put_sops(desk: Desk, *titles: str) -> None:
    """SOPs of these titles, besides the one that is there."""
    for number, title in enumerate(titles, 2):
        text = SOP.replace("Penerimaan Surat Masuk", title).replace("/001/", f"/{number:03d}/")
        desk.put(f"sop/sop-{number}.yaml", text.replace("surat.langkah", f"sop-{number}.langkah"))
        desk.put(f"sop/sop-{number}.langkah.csv", STEPS.replace("surat", f"berkas {number}"))


def made(desk: Desk, folder: str) -> dict[str, str]:
    """The documents in an output folder by their hashes."""
    return {name: sha for name, sha in desk.visible(folder).items() if not name.startswith("temuan")}


class Breaking(Silent):
    """Does something once the first document is done."""

    def __init__(self, label: str, act: object) -> None:
        self._label, self._act, self._now = label, act, ""

    def started(self, total: int, label: Message) -> None:
        self._now = label.id

    def advanced(self, item: str = "") -> None:
        if self._now == self._label and callable(self._act):
            act, self._act = self._act, None
            act()


def settings_at(folder: Path) -> Settings:
    """A run in ``folder``."""
    return Settings(folder, folder / "outputs", dt.date(2026, 3, 1))
