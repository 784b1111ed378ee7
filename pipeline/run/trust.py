"""Whom an office trusts: the root certificates of ``sertifikat_tepercaya``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.readers.office import read_office
from pipeline.run.settings import Settings
from pipeline.sign.roots import read_roots

INPUTS = "inputs"


@dataclass(frozen=True, slots=True)
class Trusts:
    """The roots for PDFs, each office's read once.

    A PDF under outputs/OFFICE is held against that office's roots; one from elsewhere against those of all offices
    here.
    """

    settings: Settings
    _read: dict[Path, tuple[bytes, ...]] = field(default_factory=dict)

    def roots_for(self, pdf: Path) -> tuple[bytes, ...]:
        """The roots (DER) for ``pdf``, none where no office names any. Raises UsageError for those that are no use."""
        found = [root for folder in self._offices(pdf) for root in self._of(folder)]
        return tuple(dict.fromkeys(found))

    def _offices(self, pdf: Path) -> Iterator[Path]:
        inputs = self.settings.root / INPUTS
        output = self.settings.output.resolve()
        full = pdf.resolve()
        if full.is_relative_to(output):
            own = inputs / full.relative_to(output).parts[0]
            if (own / "kantor.yaml").is_file():
                yield own
                return
        yield from sorted(found.parent for found in inputs.glob("*/kantor.yaml"))

    def _of(self, folder: Path) -> tuple[bytes, ...]:
        if folder not in self._read:
            path = read_office(folder, self.settings.root).office.trusted
            self._read[folder] = read_roots(path) if path else ()
        return self._read[folder]
