"""The fonts of a PDF held against those its document asks for: all embedded, none quietly replaced by another width.

LibreOffice prints a font that is missing in whatever fontconfig offers, without a word and with other line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.model.typefaces import acceptable, package_of, squeezed

_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_STYLE: Final = re.compile(
    r"(regular|roman|book|normal|light|medium|demi|semi|bold|black|heavy|italic|oblique|condensed|mt|ps)*"
)
"""What may follow a family in the name of a font."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font of a PDF: ``name`` without the mark of a subset; is its program in the file, and its way to Unicode."""

    name: str
    embedded: bool
    mapped: bool


def prove_fonts(pdf: Any, name: str, wanted: Collection[str]) -> None:
    """Prove that ``pdf``, an open pikepdf.Pdf told as ``name``, embeds its fonts, and every family that is ``wanted``.

    Raises ProofError.
    """
    found = typefaces(pdf)
    for font in found:
        if not font.embedded:
            raise ProofError(
                say(
                    "{name}: huruf {font} tidak tertanam di PDF, jadi tampak lain di komputer lain. Pasang huruf itu "
                    "atau ganti hurufnya di templat, lalu jalankan lagi.",
                    name=name,
                    font=font.name or "-",
                )
            )
        if not font.mapped:
            raise ProofError(
                say(
                    "{name}: teks berhuruf {font} tidak dapat dicari atau disalin dari PDF (tanpa ToUnicode). Ganti "
                    "hurufnya di templat dengan huruf lain, lalu jalankan lagi.",
                    name=name,
                    font=font.name,
                )
            )
    printed = {squeezed(font.name) for font in found}
    for family in sorted(wanted):
        if not any(_is_family(one, other) for one in printed for other in acceptable(family)):
            raise _replaced(name, family, found)


def _replaced(name: str, family: str, found: Collection[Typeface]) -> ProofError:
    return ProofError(
        say(
            "{name}: huruf {family} diminta, tetapi PDF memakai {found}, yang lebarnya lain, sehingga baris dan "
            "halaman dapat bergeser. {remedy}",
            name=name,
            family=family,
            found=", ".join(sorted({font.name for font in found})) or "-",
            remedy=_remedy(family),
        )
    )


def _remedy(family: str) -> Message:
    alike = acceptable(family)[1:]
    package = package_of((family, *alike))
    if package:
        return say(
            "Pasang huruf {font} atau {alike} (Debian/Ubuntu: sudo apt-get install {package}), lalu jalankan lagi.",
            font=family,
            alike=", ".join(alike),
            package=package,
        )
    return say("Pasang huruf {font} atau ganti hurufnya di templat, lalu jalankan lagi.", font=family)


def _is_family(printed: str, family: str) -> bool:
    """Is ``printed``, a squeezed name such as "liberationsansbold", a font of ``family``?"""
    start = squeezed(family)
    return bool(start) and printed.startswith(start) and _STYLE.fullmatch(printed[len(start) :]) is not None


def typefaces(pdf: Any) -> tuple[Typeface, ...]:
    """The fonts that pages, forms and annotations of ``pdf`` (an open pikepdf.Pdf) may print with, each once."""
    seen: set[tuple[int, int]] = set()
    return tuple(_typeface(font) for page in pdf.pages for font in _fonts(page.obj, seen))


def _fonts(holder: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The fonts of ``holder``, a page or a form, and of all it shows. What was ``seen`` is left out."""
    import pikepdf

    resources = holder.get("/Resources")
    if isinstance(resources, pikepdf.Dictionary) and _is_new(resources, seen):
        for font in _values(resources.get("/Font")):
            if _is_new(font, seen):
                yield font
        for kind in ("/XObject", "/Pattern"):
            for form in _values(resources.get(kind)):
                if isinstance(form, pikepdf.Stream) and _is_new(form, seen):
                    yield from _fonts(form, seen)
    for annotation in holder.get("/Annots", ()):
        for shown in _values(annotation.get("/AP")):
            for form in [shown] if isinstance(shown, pikepdf.Stream) else _values(shown):
                if isinstance(form, pikepdf.Stream) and _is_new(form, seen):
                    yield from _fonts(form, seen)


def _values(node: Any) -> list[Any]:
    import pikepdf

    if isinstance(node, pikepdf.Dictionary):
        return [value for _, value in node.items() if isinstance(value, pikepdf.Object)]
    return []


def _is_new(node: Any, seen: set[tuple[int, int]]) -> bool:
    if not node.is_indirect:
        return True
    if node.objgen in seen:
        return False
    seen.add(node.objgen)
    return True


def _typeface(font: Any) -> Typeface:
    """``font`` as told; a Type 3 font draws its glyphs itself, so its program is always there."""
    import pikepdf

    name = _SUBSET.sub("", str(font.get("/BaseFont", "/"))[1:])
    below = font.get("/DescendantFonts")
    described = below[0] if below is not None and len(below) else font
    descriptor = described.get("/FontDescriptor")
    embedded = font.get("/Subtype") == "/Type3" or (
        descriptor is not None and any(isinstance(descriptor.get(key), pikepdf.Stream) for key in _PROGRAMS)
    )
    return Typeface(name, embedded, isinstance(font.get("/ToUnicode"), pikepdf.Stream))
