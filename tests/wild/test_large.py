"""Inputs that are large, long, deep or entangled: the check ends, soon, and says what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pipeline.readers.files import MAX_TEXT
from pipeline.readers.sop import MOST_STEPS
from pipeline.run.settings import Settings
from tests.run.small import TODAY
from tests.wild.office import GUEST, INLINE, OFFICE, STEPS, files, written
from tests.wild.sound import sound_check

HEAD = files()[STEPS].decode().splitlines()[0]
ACTORS = ("Anggota DPRD", "Pimpinan DPRD", "Sekretaris DPRD", "Badan Musyawarah")


def steps(
    count: int, tail: Callable[[int], str] = lambda _: ",,,,,", text: Callable[[int], str] = lambda n: f"bahan {n}"
) -> bytes:
    """A table of steps; ``tail`` are its cells from ``jenis`` on, ``text`` what goes in and out of a step."""
    rows = (
        f"{n},Menyusun bahan {n},{ACTORS[n % 4]},{text(n)},{n % 7 + 1} hari kerja,{text(n + 1)},,{tail(n)}"
        for n in range(1, count + 1)
    )
    return "\n".join([HEAD, *rows]).encode()


def lines(rows: Iterable[str]) -> bytes:
    return "\n".join(rows).encode()


def nine(number: int) -> str:
    """A list that holds the one before nine times."""
    return f"b{number}: &b{number} [{', '.join([f'*b{number - 1}'] * 9)}]"


CASES: dict[str, tuple[str, bytes, str]] = {
    "a chain": (STEPS, steps(MOST_STEPS), ""),
    "a chain of broken links": (STEPS, steps(400, text=lambda n: f"berkas{'bcdfghjklm'[n % 10]} {n}"), ""),
    "more steps than any SOP": (STEPS, steps(10_000), "MSK-12"),
    "decisions": (STEPS, steps(400, lambda n: f"keputusan,{min(n + 1, 400)},{max(1, n - 3)},,,"), ""),
    "parallel steps": (STEPS, steps(400, lambda n: f",,,,{n + 1};{n + 2}," if n < 398 else ",,,,,"), ""),
    "a fan": (STEPS, steps(400, lambda n: f",,,,{';'.join(map(str, range(2, 400)))}," if n == 1 else ",,,,400,"), ""),
    "a circle": (STEPS, steps(400, lambda n: f",,,,{n % 400 + 1},"), "ALR-04"),
    "a circle of times": (STEPS, steps(400, lambda n: f",,,,,{n % 400 + 1}"), "DUR-11"),
    "times in times": (STEPS, steps(400, lambda n: f",,,,,{n - 1 or ''}"), ""),
    "branches all over": (
        STEPS,
        steps(200, lambda n: f"keputusan,,,{'; '.join(f'B{k}={(n * 7 + k * 13) % 200 + 1}' for k in range(9))},,"),
        "",
    ),
    "an endless cell": (STEPS, steps(3, text=lambda n: "surat; " * 6_000), "MSK-12"),
    "lists of documents": (STEPS, steps(3, text=lambda n: "; ".join(f"surat{k} {n}" for k in range(1_500))), ""),
    "a quote left open": (STEPS, steps(900).replace(b"Menyusun bahan 2", b'"Menyusun bahan 2', 1), "MSK-17"),
    "an endless title": (GUEST, INLINE.replace("Tamu", "Tamu " * 2_000, 1).encode(), ""),
    "an endless word": (GUEST, INLINE.replace("Penerimaan Tamu", "a" * (MAX_TEXT - 1)).encode(), ""),
    "an endless text": (GUEST, INLINE.replace("Penerimaan Tamu", "a" * (MAX_TEXT + 1)).encode(), "MSK-12"),
    "clauses in clauses": (
        GUEST,
        INLINE.replace("Daerah;", "Daerah" + " sebagaimana telah diubah dengan UU 6/2023" * 400).encode(),
        "",
    ),
    "lists in lists": (GUEST, ("judul: " + "[" * 9_000).encode(), "MSK-12"),
    "values that stand for billions": (GUEST, lines(["b0: &b0 [x, x, x, x]", *map(nine, range(1, 20))]), "MSK-12"),
    "a pattern without end": (OFFICE, files()[OFFICE].replace(b"(?P<klas", b"((0+)+)+(?P<klas"), "MSK-28"),
    "many positions": (
        "contoh/jabatan.csv",
        lines(["nama,singkatan,alias,unit,jenis", *(f"Jabatan {n},J{n},Alias {n}; Lain {n},," for n in range(5_000))]),
        "",
    ),
    "many days off": (
        "contoh/hari-libur.csv",
        lines(["tanggal,keterangan", *(f"{1 + n % 9999:04}-{n % 12 + 1:02}-01,x" for n in range(3_000))]),
        "",
    ),
    "dates from first to last": (
        GUEST,
        INLINE.replace("2026-01-12", "0001-01-01").replace("2026-02-02", "9999-12-31").encode(),
        "",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_large(name: str, tmp_path: Path) -> None:
    file, content, code = CASES[name]
    written(files() | {file: content}, tmp_path)
    outcome = sound_check(Settings(root=tmp_path, output=tmp_path / "outputs", today=TODAY))
    assert outcome.report.documents
    assert not code or code in {finding.code for finding in outcome.report.findings}
