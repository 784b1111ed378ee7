"""Is a document still what its inputs would give now? If not, why: told to people with ``--explain``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.model.message import Message, say
from pipeline.run.basis import FONTS, LIBRARIES, LOGO, OPTIONS, PROGRAM, TEMPLATE, Basis
from pipeline.run.state import Made

_NAMED: Final = 3
"""Most inputs that one line names."""


@dataclass(frozen=True, slots=True)
class Now:
    """A document as it would be made now: hashes of its inputs by their paths, what it is made with, and the hashes of
    the DOCX and PDF in place ("" for none). ``converter`` is None where there is no LibreOffice."""

    sources: Mapping[str, str]
    basis: Basis
    converter: str | None
    docx: str
    pdf: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document is made again. ``code`` is for programs; ``pdf``: the PDF is, even where the DOCX is the same."""

    code: str
    text: Message
    pdf: bool = False


NEW: Final = Reason("new", say("belum pernah dibuat"))
FORCED: Final = Reason("forced", say("diminta dengan --force"), pdf=True)
_WITHOUT: Final = Reason("unknown", say("dibuat versi tertib yang belum mencatat semua asalnya"))
_TOOLS: Final = {
    PROGRAM: Reason("program", say("program tertib berubah"), pdf=True),
    LIBRARIES: Reason("libraries", say("pustaka program berubah"), pdf=True),
    FONTS: Reason("fonts", say("huruf di komputer ini berubah"), pdf=True),
    TEMPLATE: Reason("template", say("templat berubah")),
    LOGO: Reason("logo", say("logo berubah")),
    OPTIONS: Reason("options", say("opsi perintahnya lain")),
}
_OFFICE: Final = Reason("libreoffice", say("LibreOffice lain, atau tertib versi lain"), pdf=True)
_NO_DOCX: Final = Reason("docx-missing", say("DOCX tidak ada"))
_OTHER_DOCX: Final = Reason("docx-changed", say("DOCX diubah di luar tertib"))
_NO_PDF: Final = Reason("pdf-missing", say("PDF tidak ada"), pdf=True)
_OTHER_PDF: Final = Reason("pdf-changed", say("PDF diubah di luar tertib"), pdf=True)
ALSO: Final = Reason("also", say("bentuk lain diminta dengan --also"))
_CONTENT: Final = Reason("content", say("SOP di dalamnya, kata-katanya, atau templatnya berubah"))
UNCHECKED: Final = Reason("unchecked", say("sebagian pemeriksaan PDF belum dapat dilakukan"))


def reasons(made: Made | None, now: Now, *, force: bool, also: bool = False) -> tuple[Reason, ...]:
    """Why a document is to be made again, the weightiest first; nothing when it is as it would be made."""
    if made is None:
        return (FORCED, NEW) if force else (NEW,)
    found = [*([FORCED] if force else []), *_of_inputs(made, now), *_of_tools(made, now), *_of_outputs(made, now)]
    found += [ALSO] if also else []
    return tuple(found if found or not made.unchecked else [UNCHECKED])


def reasons_of_book(made: Made | None, content: str, now: Now, *, force: bool) -> tuple[Reason, ...]:
    """Why a book is to be made again; ``content`` is the hash of what it is joined from (``Made.carried``)."""
    if made is None:
        return (FORCED, NEW) if force else (NEW,)
    found = [*([FORCED] if force else []), *([_CONTENT] if made.carried != content else [])]
    tools = _of_tools(made, now) if now.converter is not None else ()  # without LibreOffice, what is there will do
    found += (reason for reason in tools if reason is not _WITHOUT)
    return (*found, *_of_outputs(made, now))


def needs_pdf(found: tuple[Reason, ...]) -> bool:
    """Must the PDF be made anew even where its DOCX comes out the same?"""
    return any(reason.pdf for reason in found)


def told(found: tuple[Reason, ...]) -> Message:
    """Reasons in one sentence, without its end."""
    first, *more = found
    text = first.text
    for other in more:
        text = say("{one}; {other}", one=text, other=other.text)
    return text


def _of_inputs(made: Made, now: Now) -> Iterator[Reason]:
    changed = [key for key, value in now.sources.items() if made.sources.get(key, value) != value]
    added = [key for key in now.sources if key not in made.sources]
    gone = [key for key in made.sources if key not in now.sources]
    if changed:
        yield Reason("input-changed", say("{files} berubah", files=_names(changed)))
    if added:
        yield Reason("input-added", say("{files} baru dipakai", files=_names(added)))
    if gone:
        yield Reason("input-removed", say("{files} tidak dipakai lagi", files=_names(gone)))


def _names(files: list[str]) -> Message | str:
    names = ", ".join(files[:_NAMED])
    more = len(files) - _NAMED
    return say("{names}, dan {n} lainnya", names=names, n=more) if more > 0 else names


def _of_tools(made: Made, now: Now) -> Iterator[Reason]:
    if not made.basis:
        yield _WITHOUT
    for name, reason in _TOOLS.items():
        if made.basis and made.basis.get(name) != now.basis.get(name):
            yield reason
    if now.converter is not None and made.converter != now.converter:
        yield _OFFICE


def _of_outputs(made: Made, now: Now) -> Iterator[Reason]:
    if made.docx and now.docx != made.docx:
        yield _OTHER_DOCX if now.docx else _NO_DOCX
    if now.pdf != made.pdf:
        yield _OTHER_PDF if now.pdf else _NO_PDF
