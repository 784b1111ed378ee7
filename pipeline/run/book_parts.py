"""Which SOPs go into the book of an office, and whether their PDFs are ready for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import ProofError, TertibError
from pipeline.model.finding import Stage
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.run.canonical import file_digest, fingerprint
from pipeline.run.finishing import ORIGIN
from pipeline.run.settings import Settings
from pipeline.run.state import Made, State, digest
from pipeline.run.templates import find_template

TEMPLATE: Final = "sop.docx"


@dataclass(frozen=True, slots=True)
class Chapter:
    """An SOP of the book: its input, its PDF in place, and the record of it."""

    item: SopInput
    sop: Sop
    pdf: Path
    made: Made


@dataclass(frozen=True, slots=True)
class Choice:
    """The SOPs of a book in the order of their numbers. ``faults`` say why there can be none, ``notes`` what is left
    out."""

    chapters: tuple[Chapter, ...]
    faults: tuple[TertibError, ...] = ()
    notes: tuple[Message, ...] = ()


def choose(items: Sequence[SopInput], state: State, folder: Path, settings: Settings) -> Choice:
    """The final SOPs among ``items``, whose PDFs are in ``folder``. A PDF that is not ready is a fault."""
    chapters: list[Chapter] = []
    faults: list[TertibError] = []
    changed: dict[str, list[SopInput]] = {}
    seen: dict[str, str] = {}
    digests: dict[str, str] = {}
    for item in items:
        sop = item.sop
        if sop is None:
            faults.append(_not_ready(item, settings, say("masukannya tidak terbaca")))
        elif sop.stage is Stage.FINAL:
            pdf = folder / f"{item.id.split('/')[-1]}.pdf"
            made = state.get(pdf)
            source = _changed(pdf, made, settings, digests)
            if source:
                changed.setdefault(source, []).append(item)
                continue
            reason = _reason(pdf, made, item, settings)
            if reason is not None or made is None:
                faults.append(_not_ready(item, settings, reason or _NOT_MADE))
                continue
            chapters.append(Chapter(item, sop, pdf, made))
            if sop.number and _plain(sop.number) in seen:
                faults.append(_twice(sop.number, seen[_plain(sop.number)], sop.title))
            seen.setdefault(_plain(sop.number), sop.title)
    faults += [_outdated(source, late, settings) for source, late in changed.items()]
    chapters.sort(key=lambda one: (_in_order(one.sop.number), one.sop.title, one.made.document))
    return Choice(tuple(chapters), tuple(faults), tuple(_left_out(items)))


def fingerprints(chapters: Sequence[Chapter], settings: Settings) -> tuple[str, ...]:
    """What the QR code of each SOP says of its content (``pipeline.run.canonical``). Raises TertibError, OSError."""
    offices = [one.item.office.office for one in chapters]
    return tuple(
        fingerprint(one.sop, office, find_template(TEMPLATE, settings, office))
        for one, office in zip(chapters, offices, strict=True)
    )


_NOT_MADE = say("PDF-nya belum dibuat")


def _changed(pdf: Path, made: Made | None, settings: Settings, digests: dict[str, str]) -> str:
    """The first input that changed since the PDF was made; "" for none, and where the PDF itself is not the one."""
    if made is None or not pdf.is_file() or made.stage != Stage.FINAL.value or digest(pdf) != made.pdf:
        return ""
    for key in made.sources:
        if key not in digests:
            digests[key] = digest(settings.root / key)
    return next((key for key, value in made.sources.items() if digests[key] != value), "")


def _reason(pdf: Path, made: Made | None, item: SopInput, settings: Settings) -> Message | None:
    """Why the PDF cannot go into a book as it is, besides inputs that changed; None when it can."""
    if made is None or not pdf.is_file() or made.stage != Stage.FINAL.value:
        return _NOT_MADE
    if digest(pdf) != made.pdf:
        return say(
            "{pdf} bukan lagi hasil tertib build (mungkin sudah ditandatangani, dan naskah bertanda tangan tidak "
            "boleh digabung)",
            pdf=settings.relative(pdf),
        )
    wanted = {settings.relative(path) for path in item.sources}
    if not wanted <= set(made.sources):
        return say("masukannya bertambah sejak PDF-nya dibuat")
    return _other_template(pdf, item, settings)


def _other_template(pdf: Path, item: SopInput, settings: Settings) -> Message | None:
    """What is said where the template is not the one that the PDF says it was made with; None where it is, or the PDF
    does not say."""
    from pipeline.pdf.carried import carried

    try:
        template = find_template(TEMPLATE, settings, item.office.office)
        origin = carried(pdf.read_bytes()).get(ORIGIN)
        told = json.loads(origin.data)["templat"]["sha256"] if origin is not None else None
        if told is None or told == file_digest(template):
            return None
    except (TertibError, OSError, ValueError, LookupError, TypeError):
        return None
    return say("templatnya, {template}, berubah sejak PDF-nya dibuat", template=settings.relative(template))


def _not_ready(item: SopInput, settings: Settings, reason: Message) -> ProofError:
    return ProofError(
        say(
            "Buku tidak dibuat, karena {sop} belum siap: {reason}. Jalankan tertib build, lalu tertib book lagi.",
            sop=settings.relative(item.path),
            reason=reason,
        )
    )


def _outdated(source: str, late: Sequence[SopInput], settings: Settings) -> ProofError:
    """What is said of an input that changed: once, however many SOPs are made from it."""
    if len(late) == 1:
        return _not_ready(late[0], settings, say("{source} berubah sejak PDF-nya dibuat", source=source))
    return ProofError(
        say(
            "Buku tidak dibuat: {changed} berubah sejak PDF {n} SOP dibuat. Jalankan tertib build, lalu tertib book "
            "lagi.",
            changed=source,
            n=len(late),
        )
    )


def _twice(number: str, first: str, second: str) -> ProofError:
    return ProofError(
        say(
            "Buku tidak dibuat, karena nomor {number} dipakai dua SOP: {first} dan {second}. Beri nomor lain pada "
            "salah satunya.",
            number=number,
            first=first,
            second=second,
        )
    )


def _left_out(items: Iterable[SopInput]) -> Iterator[Message]:
    early = [(item, item.sop) for item in items if item.sop is not None and item.sop.stage is not Stage.FINAL]
    names = [f"{sop.title or item.path.stem} ({sop.stage.value})" for item, sop in early]
    if names:
        yield say("Tidak masuk ke buku karena belum final: {names}.", names=", ".join(names))


def _plain(number: str) -> str:
    return re.sub(r"\s+", "", number).casefold()


def _in_order(number: str) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """Numbers in their order: runs of digits by value, so that 2 stands before 10; none at all comes last."""
    parts = re.findall(r"\d+|\D+", _plain(number))
    return not parts, tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
