"""The recess of the tutorial: its tables are typed as they stand on the page, and the answers are those of the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
PAGES = [("docs/tutorial.md", "en"), ("docs/tutorial.id.md", "id")]
RECESS = "inputs/sukamaju/reses/2026-masa-1"


def table(page: str, name: str) -> list[list[str]]:
    """The rows of the table that stands on ``page`` below the name of its file, the header first."""
    lines = page[page.index(f"\n`{name}.csv`") :].split("\n\n")[1].splitlines()
    header, _, *rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    return [header, *rows]


def type_in(page: str, folder: Path) -> None:
    """Write what the page asks for into the files of a new recess."""
    for name in ("anggota", "pertemuan", "aspirasi"):
        header, *rows = table(page, name)
        if name == "aspirasi":
            header, rows = [*header, "status", "keterangan"], [[*row, "Diusulkan", ""] for row in rows]
        text = "".join(f"{';'.join(row)}\n" for row in (header, *rows))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def answers(page: str) -> list[str]:
    """What the program says on the page after "tertib check" of the recess."""
    return re.findall(r"(?ms)^```sh\ntertib check inputs/sukamaju/reses.*?^```\n\n```\n(.*?)^```$", page)


@pytest.mark.parametrize(("name", "lang"), PAGES)
def test_the_recess_of_the_tutorial(name: str, lang: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page = (ROOT / name).read_text(encoding="utf-8")
    desk.office.rename(desk.folder / "inputs" / "sukamaju")
    folder = desk.folder / RECESS
    assert desk.run("new", "reses", RECESS).code == 0
    type_in(page, folder)
    first, planned = answers(page)
    assert first in desk.run("check", "inputs/sukamaju/reses", "--lang", lang).out

    proposals = folder / "aspirasi.csv"
    proposals.write_text(proposals.read_text(encoding="utf-8").replace("250,000,000", "250.000.000"), encoding="utf-8")
    said = folder / "reses.yaml"
    said.write_text(said.read_text(encoding="utf-8") + "gabung:\n  - [U01, U04]\n", encoding="utf-8")
    assert desk.run("recap", "inputs/sukamaju", "--no-pdf", "--only", "rekapitulasi").code == 0
    recap = desk.folder / "outputs/sukamaju/reses/2026-masa-1/rekapitulasi.json"
    made = json.loads(recap.read_text(encoding="utf-8"))
    total = made["total"]
    assert (total["heard"], total["needs"], total["amount"], total["unpriced"]) == (6, 5, 770_000_000, 1)

    said.write_text(said.read_text(encoding="utf-8") + "pokir: {tahun_anggaran: 2027}\n", encoding="utf-8")
    assert planned in desk.run("check", "inputs/sukamaju/reses", "--statistics", "--lang", lang).out
