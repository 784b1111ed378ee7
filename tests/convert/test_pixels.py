"""Two PDFs are the same to the eye, or the first difference is told. What LibreOffice takes is measured."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from pipeline.convert.libreoffice import find_soffice
from pipeline.convert.pixels import first_difference, page_count
from pipeline.convert.timing import seconds_per_document
from pipeline.errors import MissingProgramError, ProofError


def _pdf(path: Path, *pages: str, size: tuple[int, int] = (200, 100)) -> Path:
    with pikepdf.new() as pdf:
        for content in pages:
            page = pdf.add_blank_page(page_size=size)
            page.Contents = pdf.make_stream(content.encode())
        pdf.save(path)
    return path


LINE = "0.5 w 10 50 m 190 50 l S"
CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[int, str] | None]] = {
    "the same": ((LINE, ""), (LINE, ""), None),
    "written in another way": ((LINE,), ("0.5 w 10 50 m 100 50 l 190 50 l S",), None),
    "half a point lower": ((LINE,), ("0.5 w 10 49.5 m 190 49.5 l S",), (1, "titik berubah")),
    "a shade": ((LINE, "0.5 g 10 10 20 20 re f"), (LINE, "0.49 g 10 10 20 20 re f"), (2, "titik berubah")),
    "a page more": ((LINE,), (LINE, ""), (2, "1 halaman menjadi 2 halaman")),
    "a page less": ((LINE, LINE), (LINE,), (2, "2 halaman menjadi 1 halaman")),
}


@pytest.mark.parametrize("name", CASES)
def test_pixels(tmp_path: Path, name: str) -> None:
    before, after, expected = CASES[name]
    one, other = _pdf(tmp_path / "a.pdf", *before), _pdf(tmp_path / "b.pdf", *after)
    assert (page_count(one), page_count(other)) == (len(before), len(after))
    found = first_difference(one, other)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found.page == expected[0]
        assert expected[1] in found.how.id


def test_paper(tmp_path: Path) -> None:
    found = first_difference(_pdf(tmp_path / "a.pdf", LINE), _pdf(tmp_path / "b.pdf", LINE, size=(200, 101)))
    assert found is not None
    assert found.how.id == "ukuran kertas berubah"


def _program(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport pathlib, sys\n{body}", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("TERTIB_SOFFICE", str(program))
    find_soffice.cache_clear()


MAKING = """
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir(exist_ok=True)
inputs = [pathlib.Path(name) for name in sys.argv[sys.argv.index("--outdir") + 2:]]
with open({log!r}, "a") as log:
    print(len(inputs), file=log)
for path in inputs[:{most}]:
    (out / (path.stem + ".pdf")).write_bytes(path.read_bytes())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for LibreOffice")
def test_time_is_that_of_further_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docx, log = tmp_path / "a.docx", tmp_path / "log"
    docx.write_bytes(b"x")
    _program(tmp_path, MAKING.format(log=str(log), most=99), monkeypatch)
    assert seconds_per_document([docx, docx], copies=3) >= 0
    assert log.read_text().split() == ["2", "8"]
    _program(tmp_path, MAKING.format(log=str(log), most=1), monkeypatch)
    with pytest.raises(ProofError) as caught:
        seconds_per_document([docx], copies=3)
    assert "tidak terukur" in caught.value.message.id


def test_nothing_is_measured_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIB_SOFFICE", str(tmp_path / "tidak-ada"))
    find_soffice.cache_clear()
    with pytest.raises(MissingProgramError):
        seconds_per_document([tmp_path / "a.docx"])


@pytest.fixture(autouse=True)
def _found_again() -> Iterator[None]:
    yield
    find_soffice.cache_clear()
