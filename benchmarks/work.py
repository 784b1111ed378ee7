"""The same work for every engine that fills Word templates: one form in the tags of each, and values for it.

The form is an SOP as an office would make it in Word: styles as Word brings them, number in header and footer, a table
of identity with six lists, a table of steps with a mark under one of eight actors. Where an engine can loop over
columns, actors are a loop; where it cannot, they are eight fixed columns, and rows alone are a loop.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.talk import NotDoneError

ACTORS = 8
SIZES = (10, 20, 40)
LISTS = (
    ("dasar_hukum", "Dasar Hukum", 6),
    ("kualifikasi", "Kualifikasi Pelaksana", 4),
    ("keterkaitan", "Keterkaitan", 3),
    ("peralatan", "Peralatan/Perlengkapan", 4),
    ("peringatan", "Peringatan", 2),
    ("pencatatan", "Pencatatan dan Pendataan", 2),
)
FACTS = ("nomor", "tanggal", "revisi", "efektif", "jabatan", "nama", "nip", "judul")
LABELS = ("Nomor SOP", "Tanggal Pembuatan", "Tanggal Revisi", "Tanggal Efektif", "Disahkan oleh", "", "", "Nama SOP")
BEFORE = ("no", "kegiatan")
AFTER = ("kelengkapan", "waktu", "output", "keterangan")
HEAD = {"no": "No", "kegiatan": "Kegiatan", "kelengkapan": "Kelengkapan", "waktu": "Waktu", "output": "Output"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine writes its tags. ``columns`` says whether it loops over columns.

    ``items`` are the paragraphs of a list: the tags around one entry. ``cells`` are the cells that a row of actors
    takes, and ``rows`` what stands in rows of their own before and after the row of a step.
    """

    columns: bool
    value: Callable[[str], str]
    items: Callable[[str], tuple[str, ...]]
    step: Callable[[str], str]
    names: Callable[[], list[str]]
    marks: Callable[[], list[str]]
    rows: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    first: str = ""
    last: str = ""
    again: Callable[[str], str] | None = None


def _docxtpl() -> Dialect:
    return Dialect(
        True,
        lambda name: f"{{{{ {name} }}}}",
        lambda name: (f"{{%p for b in {name} %}}", "{{ b.butir }}", "{%p endfor %}"),
        lambda name: f"{{{{ s.{name} }}}}",
        lambda: ["{%tc for p in pelaksana %}", "{{ p.nama }}", "{%tc endfor %}"],
        lambda: ["{%tc for t in s.tanda %}", "{{ t.isi }}", "{%tc endfor %}"],
        (("{%tr for s in langkah %}",), ("{%tr endfor %}",)),
    )


def _docxtemplater() -> Dialect:
    return Dialect(
        True,
        lambda name: f"{{{name}}}",
        lambda name: (f"{{#{name}}}", "{butir}", f"{{/{name}}}"),
        lambda name: f"{{{name}}}",
        lambda: ["{-w:tc pelaksana}{nama}{/pelaksana}"],
        lambda: ["{-w:tc tanda}{isi}{/tanda}"],
        first="{#langkah}",
        last="{/langkah}",
    )


def _easy() -> Dialect:
    return Dialect(
        False,
        lambda name: f"{{{name}}}",
        lambda name: (f"{{#{name}}}", "{butir}", f"{{/{name}}}"),
        lambda name: f"{{{name}}}",
        lambda: [f"{{pelaksana_{n}}}" for n in range(1, ACTORS + 1)],
        lambda: [f"{{tanda_{n}}}" for n in range(1, ACTORS + 1)],
        first="{#langkah}",
        last="{/langkah}",
    )


def _carbone() -> Dialect:
    return Dialect(
        False,
        lambda name: f"{{d.{name}}}",
        lambda name: (f"{{d.{name}[i].butir}}", f"{{d.{name}[i+1].butir}}"),
        lambda name: f"{{d.langkah[i].{name}}}",
        lambda: [f"{{d.pelaksana_{n}}}" for n in range(1, ACTORS + 1)],
        lambda: [f"{{d.langkah[i].tanda_{n}}}" for n in range(1, ACTORS + 1)],
        again=lambda cell: cell.replace("[i]", "[i+1]"),
    )


DIALECTS: Mapping[str, Callable[[], Dialect]] = {
    "docxtpl": _docxtpl,
    "docxtemplater": _docxtemplater,
    "easy-template-x": _easy,
    "carbone": _carbone,
}


def values(steps: int) -> dict[str, Any]:
    """What a document of ``steps`` steps says, for every dialect; some texts hold signs that XML must escape."""
    facts = {
        "nomor": "000.8.3.3/001/2026",
        "tanggal": "12 Januari 2026",
        "revisi": "–",
        "efektif": "2 Februari 2026",
        "jabatan": "Sekretaris DPRD Kabupaten Contoh",
        "nama": "Pejabat Contoh Satu",
        "nip": "NIP 19700101 199503 1 001",
        "judul": "Penyusunan Risalah & Laporan Rapat Paripurna",
    }
    lists = {
        name: [
            {"butir": f"{n}. {title} nomor {n} tentang tata cara rapat, risalah & laporan"} for n in range(1, count + 1)
        ]
        for name, title, count in LISTS
    }
    actors = [f"Pelaksana Contoh {n}" for n in range(1, ACTORS + 1)]
    fixed = {f"pelaksana_{n}": name for n, name in enumerate(actors, 1)}
    return {
        **facts,
        **lists,
        **fixed,
        "pelaksana": [{"nama": name} for name in actors],
        "langkah": [_step(number) for number in range(1, steps + 1)],
    }


def _step(number: int) -> dict[str, Any]:
    marks = ["●" if n == number % ACTORS else "" for n in range(ACTORS)]
    return {
        "no": str(number),
        "kegiatan": f"Memeriksa konsep risalah ke-{number} dan menyampaikannya kepada atasan (bila > 3 halaman)",
        "kelengkapan": f"Konsep risalah ke-{number}; rekaman & catatan rapat",
        "waktu": "30 menit",
        "output": f"Risalah yang telah diperiksa, berkas {number}",
        "keterangan": "lihat SOP Persuratan" if number % 4 == 0 else "",
        "tanda": [{"isi": mark} for mark in marks],
        **{f"tanda_{n}": mark for n, mark in enumerate(marks, 1)},
    }


def write_template(engine: str, path: Path) -> None:
    """Write the form in the tags of ``engine``."""
    import docx

    dialect = DIALECTS[engine]()
    document: Any = docx.Document()
    for part, text in ((document.sections[0].header, "SOP "), (document.sections[0].footer, "Nomor ")):
        part.paragraphs[0].text = text + dialect.value("nomor")
    _identity(document, dialect)
    document.add_page_break()
    _steps(document, dialect)
    document.save(str(path))


def _identity(document: Any, dialect: Dialect) -> None:
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, name in zip(LABELS, FACTS, strict=True):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, dialect.value(name)
    for left, right in zip(LISTS[::2], LISTS[1::2], strict=True):
        heads, cells = table.add_row().cells, table.add_row().cells
        for place, (name, title, _) in enumerate((left, right)):
            heads[place].text = title
            _paragraphs(cells[place], dialect.items(name))


def _paragraphs(cell: Any, texts: tuple[str, ...]) -> None:
    cell.text = texts[0]
    for text in texts[1:]:
        cell.add_paragraph(text, style="List Paragraph")


def _steps(document: Any, dialect: Dialect) -> None:
    names, marks = dialect.names(), dialect.marks()
    head = [HEAD["no"], HEAD["kegiatan"], *names, *(HEAD.get(name, "Keterangan") for name in AFTER)]
    body = [*map(dialect.step, BEFORE), *marks, *map(dialect.step, AFTER)]
    body[0], body[-1] = dialect.first + body[0], body[-1] + dialect.last
    table = document.add_table(rows=0, cols=len(head))
    table.style = "Table Grid"
    rows = [head, *([row] for row in dialect.rows[0]), body, *([row] for row in dialect.rows[1])]
    if dialect.again is not None:
        rows.append([dialect.again(cell) for cell in body])
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=False):
            cell.text = text


def expected(data: Mapping[str, Any]) -> list[list[str]]:
    """The texts of every row of the document's tables, by cell; the paragraphs of a cell on lines of their own."""
    rows = [[label, data[name]] for label, name in zip(LABELS, FACTS, strict=True)]
    for left, right in zip(LISTS[::2], LISTS[1::2], strict=True):
        rows.append([left[1], right[1]])
        rows.append(["\n".join(entry["butir"] for entry in data[name]) for name, *_ in (left, right)])
    actors = [actor["nama"] for actor in data["pelaksana"]]
    rows.append([HEAD["no"], HEAD["kegiatan"], *actors, *(HEAD.get(name, "Keterangan") for name in AFTER)])
    for step in data["langkah"]:
        marks = [mark["isi"] for mark in step["tanda"]]
        rows.append([*(step[n] for n in BEFORE), *marks, *(step[n] for n in AFTER)])
    return rows


def verify(engine: str, docx_bytes: bytes, data: Mapping[str, Any]) -> None:
    """Raise NotDoneError when the document is not what ``data`` asks for, in its tables, its header and its footer."""
    import docx

    document = docx.Document(io.BytesIO(docx_bytes))
    got, wanted = list(_rows(document)), expected(data)
    if got != wanted:
        differing = [(one, other) for one, other in zip(got, wanted, strict=False) if one != other]
        raise NotDoneError(f"{engine}: {len(got)} rows instead of {len(wanted)}; first difference {differing[:1]}")
    section = document.sections[0]
    for part in (section.header, section.footer):
        if data["nomor"] not in part.paragraphs[0].text:
            raise NotDoneError(f"{engine}: header or footer says {part.paragraphs[0].text!r}")


def _rows(document: Any) -> Iterator[list[str]]:
    from docx.oxml.ns import qn

    for table in document.tables:
        for row in table._tbl.iter(qn("w:tr")):
            yield [_text(cell) for cell in row.iter(qn("w:tc"))]


def _text(cell: Any) -> str:
    from docx.oxml.ns import qn

    paragraphs = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))
    return "\n".join(text for text in paragraphs if text)
