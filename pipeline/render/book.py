"""The front matter of a book of SOPs: cover, decree, contents, explanation; and the font of its page numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pipeline.model.book import Decree
from pipeline.model.dates import long_date
from pipeline.model.office import Office, Official, RegionKind
from pipeline.render.compiled import Fitting, on_paper
from pipeline.render.paper import W as _W
from pipeline.render.picture import Logo
from pipeline.render.qr import NO_CODE, Code
from pipeline.render.sop import GAP, NOT_YET, signature
from pipeline.render.template import Template

TITLE: Final = "Standar Operasional Prosedur"
"""On the cover where the office says nothing else."""
REQUIRED: Final = frozenset({"judul", "pemerintah", "unit", "tahun", "keputusan", "sop", "penjelasan"})
"""What a book must show (PermenPAN-RB 35/2012, unsur dokumentasi): a template that lost one of these is refused."""
NUMBER_STYLE: Final = "TertibHalaman"
"""The style of a page number: its font is that of the numbers on the pages of the SOPs, too."""
_TERMS: Final = (
    "Standar Operasional Prosedur, disingkat SOP, adalah serangkaian instruksi tertulis yang dibakukan mengenai "
    "berbagai proses penyelenggaraan aktivitas organisasi, bagaimana dan kapan harus dilakukan, di mana, dan oleh "
    "siapa dilakukan.",
    "Pelaksana adalah jabatan yang melakukan kegiatan.",
    "Mutu baku adalah ukuran yang harus dipenuhi setiap kegiatan: kelengkapan, waktu, dan keluaran.",
    "Kelengkapan adalah masukan yang diperlukan untuk melakukan kegiatan.",
    "Keluaran (output) adalah hasil kegiatan.",
)
"""Explained where the office explains nothing else; the first after PermenPAN-RB 35/2012."""
_ORDINALS: Final = (
    *("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN", "KESEPULUH"),
    *("KESEBELAS", "KEDUA BELAS", "KETIGA BELAS", "KEEMPAT BELAS", "KELIMA BELAS"),
)
_FRONT_TITLES: Final = re.compile(r"^(?:(?:Prof|Drs|Dra|Dr|dr|drg|drh|Ir|Hj|KH|H|Apt|apt)\.\s*)+(?=\S)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An SOP in the contents: ``page`` is the number of its first page in the book, ``link`` what leads there."""

    title: str
    number: str
    page: int
    link: str
    effective: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A part of the front matter in the contents: ``page`` is the number of its first page, printed roman."""

    title: str
    page: int
    link: str


def render_front(
    template: Template,
    office: Office,
    heads: Sequence[Head],
    entries: Sequence[Entry],
    year: int | None,
    code: Code | None = None,
) -> bytes:
    """The DOCX of the front matter, with the ``code`` where the decree is signed.

    Raises TemplateError when the template asks for what does not exist.
    """
    logo = Logo.read(office.logo)
    context = book_context(office, heads, entries, year, logo) | ({} if code is None else code.context())
    template.check(frozenset(context))
    template.require(REQUIRED)
    pictures = (*(() if logo is None else (logo.picture,)), *(() if code is None else (code.picture,)))
    return template.render(context, pictures=pictures, fitting=on_paper(office.paper))


def render_sample(template: Template, text: str) -> bytes:
    """A DOCX that shows ``text`` alone, in the style of page numbers of ``template``."""
    office = Office("", Path(), "", "", RegionKind.REGENCY)
    context = book_context(office, (), (), None, None) | {"contoh": text}
    return template.render(context, fitting=Fitting("contoh", _sample))


def _sample(root: Any) -> None:
    """Leave nothing of the body but its last section and a text."""
    body = root.find(f"{_W}body")
    section = body.findall(f"{_W}sectPr")[-1]
    for reference in [node for node in section if node.tag.endswith("Reference")]:
        section.remove(reference)
    paragraph = body.makeelement(f"{_W}p", {})
    properties = paragraph.makeelement(f"{_W}pPr", {})
    properties.append(properties.makeelement(f"{_W}pStyle", {f"{_W}val": NUMBER_STYLE}))
    run = paragraph.makeelement(f"{_W}r", {})
    shown = run.makeelement(f"{_W}t", {})
    shown.text = "{{ contoh }}"
    run.append(shown)
    paragraph.extend((properties, run))
    body[:] = [paragraph, section]


def book_context(
    office: Office, heads: Sequence[Head], entries: Sequence[Entry], year: int | None, logo: Logo | None
) -> dict[str, object]:
    """Everything the template may ask for, by its Indonesian name (listed in ``docs/templates.md``)."""
    words = office.book
    unit = unit_of(office)
    return {
        "judul": words.title or TITLE,
        "tahun": GAP if year is None else str(year),
        "pemerintah": office.government.upper() or GAP,
        "unit": office.unit.upper() or GAP,
        "instansi": unit,
        "alamat": " – ".join(part for part in (office.address, office.phone, office.email, office.website) if part),
        **NO_CODE,
        "logo": "" if logo is None else logo.run,
        "logo_sampul": "" if logo is None else logo.cover,
        "penanda": office.mark,
        "keputusan": _decree(words.decree, office) if words.decree is not None else None,
        "bagian_depan": [{"judul": head.title, "halaman": roman(head.page), "tautan": head.link} for head in heads],
        "sop": [_row(number, entry) for number, entry in enumerate(entries, 1)],
        "jumlah_sop": len(entries),
        "penjelasan": {
            "ruang_lingkup": words.scope or _scope(unit, len(entries)),
            "ringkasan": words.summary or _summary(entries),
            "definisi": list(words.terms or _TERMS),
        },
    }


def unit_of(office: Office) -> str:
    """The unit with its region: "Sekretariat DPRD Kabupaten Contoh"."""
    return office.unit if office.region in office.unit else f"{office.unit} {office.region}".strip()


def printed(office: Office, entries: Iterable[Entry]) -> Iterator[str]:
    """Texts that the front matter must show as they are; see ``shown``."""
    for entry in entries:
        yield from (entry.title, entry.number or NOT_YET)
    decree = office.book.decree
    if decree is not None:
        yield from (*decree.considering, *decree.recalling, *decree.deciding)


def shown(office: Office, year: int | None) -> Iterator[str]:
    """Texts that the front matter must show, be it in capitals."""
    yield office.book.title or TITLE
    yield from (office.government or GAP, office.unit or GAP, GAP if year is None else str(year))
    if office.book.decree is not None:
        yield office.book.decree.about


def _row(number: int, entry: Entry) -> dict[str, object]:
    return {
        "no": number,
        "judul": entry.title or GAP,
        "nomor": entry.number or NOT_YET,
        "tanggal_efektif": long_date(entry.effective) if entry.effective else NOT_YET,
        "halaman": entry.page,
        "tautan": entry.link,
    }


def _scope(unit: str, count: int) -> str:
    return (
        f"Buku ini memuat {count} SOP yang berlaku di lingkungan {unit}. SOP ini menjadi pedoman bagi setiap pelaksana "
        "yang disebut di dalamnya."
    )


def _summary(entries: Sequence[Entry]) -> str:
    names = [entry.title for entry in entries]
    if not 0 < len(names) <= _MOST_NAMES:
        return "SOP disusun menurut nomornya; nama dan halaman setiap SOP ada di daftar isi."
    told = names[0]
    if len(names) > 1:
        told = f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} dan {names[-1]}"
    return f"SOP dalam buku ini disusun menurut nomornya, yaitu tentang {told}."


_MOST_NAMES: Final = 8
"""More titles than these make no sentence."""


def _decree(decree: Decree, office: Office) -> dict[str, object]:
    official = next((each for each in office.officials if each.id == decree.signer), None)
    plain = None if official is None else replace(official, name=bare_name(official.name))
    block = signature(plain, office)
    position = " ".join(block.position).rstrip(",")
    return {
        "nama": f"Keputusan {_position(official, office)}",
        "nomor": decree.number or NOT_YET,
        "tanggal": long_date(decree.date) if decree.date else NOT_YET,
        "tentang": decree.about,
        "tempat": office.city or GAP,
        "jabatan": list(block.position),
        "jabatan_pembuka": position,
        "jabatan_nama": _position(official, office),
        "pejabat": block.name.upper(),
        "menimbang": _lettered(decree.considering),
        "mengingat": [{"tanda": f"{n}.", "teks": text} for n, text in enumerate(decree.recalling, 1)],
        "memutuskan": [{"tanda": _ordinal(n), "teks": text} for n, text in enumerate(decree.deciding)],
    }


def _position(official: Official | None, office: Office) -> str:
    """The position in a sentence: "Sekretaris DPRD Kabupaten Contoh"."""
    if official is None:
        return GAP
    region = "" if office.region.casefold() in official.position.casefold() else office.region
    return f"{official.position} {region}".strip()


def _lettered(texts: Sequence[str]) -> list[dict[str, str]]:
    """Items with letters; one alone has none, more than the alphabet holds are numbered."""
    if len(texts) == 1:
        return [{"tanda": "", "teks": texts[0]}]
    marks = [f"{chr(97 + n)}." if len(texts) <= 26 else f"{n + 1}." for n in range(len(texts))]
    return [{"tanda": mark, "teks": text} for mark, text in zip(marks, texts, strict=True)]


def _ordinal(index: int) -> str:
    return _ORDINALS[index] if index < len(_ORDINALS) else f"KE-{index + 1}"


def bare_name(name: str) -> str:
    """``name`` without titles, as it stands in a decree (Permendagri 1/2023 art. 44): "Drs. X, S.H." -> "X"."""
    return _FRONT_TITLES.sub("", name.partition(",")[0].strip())


_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def roman(number: int) -> str:
    """``number`` (from 1) in small roman figures."""
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text
