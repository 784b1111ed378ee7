"""Commands about to run: the folder as it is before and after each, for the first time and after a change of inputs."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.office import Workplace
from tests.sign.service import own

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "build": ("build",),
    "recap": ("recap", "--only", "anggota,rekapitulasi"),
    "archive": ("archive",),
    "book": ("book",),
    "signed": ("archive", "--signed", "kembali"),
}
"""What is run, in this order, by name."""
TURNS = ("pertama", "sesudah")


@dataclass(frozen=True)
class Stage:
    """A command about to run: the folder ``before`` and ``after``, and how many seconds it takes."""

    name: str
    before: Workplace
    after: Workplace
    seconds: float

    @property
    def command(self) -> tuple[str, ...]:
        """Its arguments."""
        return COMMANDS[self.name]


def make(place: Workplace, folder: Path) -> None:
    """Run everything in ``place`` and keep in ``folder`` how it is before and after every command."""
    seconds = {}
    for turn in TURNS:
        if turn == "sesudah":
            place.change()
        for name, command in COMMANDS.items():
            if name == "signed":
                _sign(place)
            before = place.copy(folder / f"{turn}-{name}")
            code, told = place.run(*command)
            assert code == 0, told
            place.copy(folder / f"{turn}-{name}-selesai")
            twin = before.copy(folder / f"lagi-{turn}-{name}")
            began = time.monotonic()  # by now the conversions are recorded
            code, told = twin.run(*command)
            seconds[f"{turn}-{name}"] = time.monotonic() - began
            assert code == 0, told
            assert twin.visible() == place.visible(), "the same inputs give the same bytes"
    (folder / "tahap.json").write_text(json.dumps(seconds), encoding="utf-8")


def _sign(place: Workplace) -> None:
    """Let the SOP come back from signing."""
    pdf = place.folder / "outputs/uji/sop/surat.pdf"
    back = place.folder / "kembali" / "surat.pdf"
    back.parent.mkdir(exist_ok=True)
    back.write_bytes(own(pdf.read_bytes(), field="ttdpengesah"))


def load(folder: Path) -> tuple[Stage, ...]:
    """What ``make`` kept in ``folder``."""
    seconds = json.loads((folder / "tahap.json").read_text(encoding="utf-8"))
    soffice = folder / "soffice-perekam"
    return tuple(
        Stage(
            name,
            Workplace(folder / f"{turn}-{name}", soffice),
            Workplace(folder / f"{turn}-{name}-selesai", soffice),
            seconds[f"{turn}-{name}"],
        )
        for turn in TURNS
        for name in COMMANDS
    )
