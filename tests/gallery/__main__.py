"""``make gallery``: every case as its real PDF shows it, on one page to be looked at.

``python -m tests.gallery [--expected] [WORD ...]`` draws the cases whose id holds one of the words, or all.
``--expected`` makes no pictures: it writes what is expected of those cases (see ``test_cases.py``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.convert.libreoffice import Job, convert
from pipeline.errors import TertibError
from pipeline.resources import here
from pipeline.run.document import Rendered, render_sop
from tests.gallery.cases import EXPECTED, ROOT, Case, all_cases, expected, template
from tests.gallery.page import Card, Picture, render

OUTPUT = ROOT / "outputs" / "galeri"
DPI = 110
WORKERS = min(8, os.cpu_count() or 1)
_HEAD = """\
# Halaman diagram alir dan persilangan paling banyak setiap kasus; fatal: ditolak dengan temuan.
# Ditulis oleh python -m tests.gallery --expected; lihat halamannya (make gallery) sebelum menyimpannya.
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A case, its document, and the folder of its files."""

    case: Case
    rendered: Rendered
    card: Card

    @property
    def folder(self) -> Path:
        """Where its DOCX, PDF and images are."""
        return OUTPUT / self.case.id

    @property
    def docx(self) -> Path:
        """Its document."""
        return self.folder / f"{self.case.path.stem}.docx"

    @property
    def pdf(self) -> Path:
        """Its PDF."""
        return self.docx.with_suffix(".pdf")

    @property
    def images(self) -> list[Path]:
        """One image for each page of the flowchart."""
        return [self.folder / f"halaman-{number}.png" for number in range(1, len(self.rendered.pages) + 1)]

    def put(self) -> None:
        """Write the document; pictures of another one go."""
        if self.docx.is_file() and self.docx.read_bytes() == self.rendered.docx:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in (self.pdf, *self.folder.glob("halaman-*.png")):
            old.unlink(missing_ok=True)
        self.docx.write_bytes(self.rendered.docx)


def main(args: Sequence[str]) -> int:
    """Make the gallery, or the expectations; the exit code."""
    words = [arg for arg in args if arg != "--expected"]
    cases = [case for case in all_cases() if not words or any(word in case.id for word in words)]
    drawn = [_draw(case) for case in cases]
    if "--expected" in args:
        _write_expected(drawn)
        return 0
    try:
        faults = _convert([one for one in drawn if one.rendered.docx])
    except TertibError as error:
        return _say(error.text("id"), error.exit_code)
    _photograph([one for one in drawn if one.pdf.is_file()])
    cards = [_finish(one, faults.get(one.case.id, "")) for one in drawn]
    page = OUTPUT / "index.html"
    page.write_text(render(cards), encoding="utf-8")
    return _say(f"{len(cards)} SOP: {here(page)}", 4 if faults else 0)


def _say(words: str, code: int) -> int:
    sys.stderr.write(f"{words}\n")
    return code


def _draw(case: Case) -> Drawn:
    item = case.read()
    sop = item.sop
    if sop is None:
        faults = tuple(finding.message.id for finding in item.findings)
        nothing = Rendered(b"", (), (), {}, ())
        return Drawn(case, nothing, Card(case.id, "", case.about, findings=faults, fatal=True))
    rendered = render_sop(template(), item)
    findings = tuple(f"{finding.code}: {finding.message.id}" for finding in rendered.findings)
    size = (len(sop.steps), len(sop.actors))
    card = Card(case.id, sop.title, case.about, rendered.layout, *size, findings, fatal=not rendered.docx)
    return Drawn(case, rendered, card)


def _convert(drawn: Sequence[Drawn]) -> Mapping[str, str]:
    """Make the PDF that are not there; what failed, by case. Raises MissingProgramError.

    A PDF that fails its proof is made once more without it, because that is when one wants to see it. It goes again
    in the end, so that the next run proves it anew.
    """
    for one in drawn:
        one.put()
    stale = [one for one in drawn if not one.pdf.is_file()]
    faults = _converted(stale, [Job(one.docx, one.pdf, None, one.rendered.texts, one.rendered.pages) for one in stale])
    failed = [one for one in stale if one.case.id in faults]
    _converted(failed, [Job(one.docx, one.pdf) for one in failed])
    return faults


def _converted(drawn: Sequence[Drawn], jobs: Sequence[Job]) -> Mapping[str, str]:
    done = convert(jobs, workers=WORKERS)
    return {one.case.id: outcome.error.text("id") for one, outcome in zip(drawn, done, strict=True) if outcome.error}


def _photograph(drawn: Sequence[Drawn]) -> None:
    wanted = [(one.pdf, one.images) for one in drawn if not all(image.is_file() for image in one.images)]
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(_pictures, *zip(*wanted, strict=True))) if wanted else []


def _pictures(pdf: Path, images: Sequence[Path]) -> None:
    """The last pages of ``pdf``, which are those of the flowchart, as ``images``."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(pdf) as document:
        for page, image in zip(range(len(document) - len(images), len(document)), images, strict=True):
            document[page].render(scale=DPI / 72, grayscale=True).to_pil().save(image)


def _finish(one: Drawn, fault: str) -> Card:
    card = replace(one.card, findings=(*one.card.findings, fault), fatal=True) if fault else one.card
    if not one.pdf.is_file():
        return card
    card = replace(card, pictures=[_picture(image) for image in one.images])
    if fault:
        one.pdf.unlink()
        return card
    return replace(card, pdf=one.pdf.relative_to(OUTPUT).as_posix())


def _picture(path: Path) -> Picture:
    from PIL import Image

    with Image.open(path) as image:
        return Picture(path.relative_to(OUTPUT).as_posix(), *image.size)


def _write_expected(drawn: Sequence[Drawn]) -> None:
    """Put what was drawn into ``expected.yaml``; what it says of cases that were not asked for stays."""
    told = {**expected(), **{one.case.id: _figures(one) for one in drawn}}
    lines = [f"{case.id}: {_flow(told[case.id])}\n" for case in all_cases() if case.id in told]
    EXPECTED.write_text(_HEAD + "".join(lines), encoding="utf-8")


def _figures(one: Drawn) -> Mapping[str, int | bool]:
    if one.card.fatal:
        return {"fatal": True}
    return {key: one.rendered.layout[key] for key in ("pages", "crossings")}


def _flow(figures: Mapping[str, int | bool]) -> str:
    return "{" + ", ".join(f"{key}: {str(value).lower()}" for key, value in figures.items()) + "}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
