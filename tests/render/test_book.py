"""The front matter of a book of SOPs."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.errors import TemplateError
from pipeline.model.book import BookWords, Decree
from pipeline.model.office import Office, Official, RegionKind
from pipeline.render.book import Entry, Head, bare_name, printed, render_front, render_sample, roman, shown
from pipeline.render.proof import prove_docx
from pipeline.render.qr import code_of
from pipeline.render.signing import lacking
from pipeline.render.template import Template
from pipeline.resources import packaged_templates

PATH = packaged_templates() / "buku-sop.docx"
SIGNER = Official("Drs. Pejabat Contoh, S.H., M.Si.", "Sekretaris DPRD", "197001011990031001", id="setwan")
DECREE = Decree(
    number="000.8.3.3/010/2026",
    date=dt.date(2026, 3, 5),
    about="Penetapan SOP",
    considering=("bahwa satu;", "bahwa dua & tiga;"),
    recalling=("Undang-Undang Nomor 23 Tahun 2014;",),
    deciding=("Menetapkan <SOP>.", "Berlaku sejak ditetapkan."),
    signer="setwan",
)
OFFICE = Office(
    "contoh",
    Path(),
    "Pemerintah Kabupaten Contoh",
    "Sekretariat DPRD",
    RegionKind.REGENCY,
    city="Contoh",
    officials=(SIGNER,),
    book=BookWords(decree=DECREE),
)
ENTRIES = (
    Entry("Pelaksanaan Reses & Lainnya", "000.8.3.3/001/2026", 1, "http://a.invalid/1", dt.date(2026, 2, 2)),
    Entry("Rapat Paripurna", "", 5, "http://a.invalid/2"),
)
HEADS = (Head("Daftar Isi", 4, "http://a.invalid/depan/4"),)


def words(data: bytes) -> list[str]:
    """The paragraphs of a DOCX as plain text."""
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    found = re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL)
    plain = ("".join(re.findall(r"<w:t[ >][^<]*|<w:tab/>", one)) for one in found)
    return [re.sub(r"<w:t(?: [^>]*)?>|<w:tab/>", " ", one).strip() for one in plain]


def front(office: Office = OFFICE) -> bytes:
    return render_front(Template.load(PATH), office, HEADS, ENTRIES, 2026)


def test_the_front_is_sound_and_shows_what_it_must() -> None:
    data = front()
    texts = (*printed(OFFICE, ENTRIES), *shown(OFFICE, 2026))
    prove_docx(data, "buku-sop.docx", given=texts)
    told = "\n".join(words(data)).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").casefold()
    assert [text for text in texts if text.casefold() not in told] == []


def test_the_code_stands_beside_the_signature_and_only_there() -> None:
    code = code_of("contoh/buku-sop", "ab" * 32)
    data = render_front(Template.load(PATH), OFFICE, HEADS, ENTRIES, 2026, code)
    prove_docx(data, "buku-sop.docx", given=printed(OFFICE, ENTRIES))
    with zipfile.ZipFile(BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
        assert code.picture.part.data in [package.read(name) for name in package.namelist()]
    (table,) = re.findall(r"<w:tbl>(?:(?!<w:tbl>).)*?ttdkeputusanakhir.*?</w:tbl>", xml, re.DOTALL)
    assert 'descr="Kode QR dokumen contoh/buku-sop, sidik abab·abab·abab·abab"' in table
    assert xml.count("abab·abab·abab·abab</w:t>") == table.count("abab·abab·abab·abab</w:t>") == 1
    without = render_front(Template.load(PATH), replace(OFFICE, book=BookWords()), HEADS, ENTRIES, 2026, code)
    prove_docx(without, "buku-sop.docx")
    assert not [one for one in words(without) if "abab" in one]


def test_a_template_of_an_office_may_have_no_place_for_the_code(tmp_path: Path) -> None:
    path = tmp_path / "buku-sop.docx"
    with zipfile.ZipFile(PATH) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                for tag in (b"{%p if kode_qr %}", b"{{r kode_qr }}", b"{{ sidik }}", b"{%p else %}", b"{%p endif %}"):
                    at = data.index(tag, data.index(b"keputusan.memutuskan[-1].teks"))
                    data = data[:at] + data[at + len(tag) :]
            new.writestr(name, data)
    template = Template.load(path)
    data = render_front(template, OFFICE, HEADS, ENTRIES, 2026, code_of("contoh/buku-sop", "ab" * 32))
    prove_docx(data, "buku-sop.docx", given=printed(OFFICE, ENTRIES))
    assert not [one for one in words(data) if "abab" in one]
    (told,) = lacking(template, "ttdkeputusan")
    assert "tanpa kode QR" in told.text("id")


def test_the_decree_counts_its_items_and_names_its_signer_without_titles() -> None:
    told = [re.sub(r"\s+", " ", one) for one in words(front())]
    for line in (
        "Menimbang : a. bahwa satu;",
        "b. bahwa dua &amp; tiga;",
        "Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014;",
        "KESATU : Menetapkan &lt;SOP&gt;.",
        "KEDUA : Berlaku sejak ditetapkan.",
        "pada tanggal 5 Maret 2026",
        "PEJABAT CONTOH",
    ):
        assert line in told
    assert not [one for one in told if "M.Si" in one or "19700101" in one]


def test_what_is_not_known_yet_is_said() -> None:
    office = replace(OFFICE, book=BookWords(decree=replace(DECREE, number="", date=None)))
    told = words(front(office))
    assert "Nomor [belum ditetapkan]" in told
    assert "pada tanggal [belum ditetapkan]" in told
    assert "[belum ditetapkan]" in told  # number and date of the second SOP


def test_without_a_decree_nothing_of_it_is_left() -> None:
    told = words(front(replace(OFFICE, book=BookWords())))
    assert [one for one in told if re.search("Keputusan|Menimbang|Lampiran", one)] == []
    assert "Daftar Isi" in told


def test_the_words_of_the_office_go_before_the_program_s() -> None:
    book = BookWords(title="Himpunan", scope="Lingkup.", summary="Ringkas.", terms=("Satu adalah 1.",))
    told = words(front(replace(OFFICE, book=book)))
    for text in ("Himpunan", "Lingkup.", "Ringkas.", "1. Satu adalah 1."):
        assert text in [re.sub(r"\s+", " ", one) for one in told]


def test_links_carry_their_address() -> None:
    xml = zipfile.ZipFile(BytesIO(front())).read("word/document.xml").decode()
    for address in (*(entry.link for entry in ENTRIES), HEADS[0].link):
        assert f'HYPERLINK "{address}"' in xml


def test_a_template_that_lost_the_contents_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "buku-sop.docx"
    with zipfile.ZipFile(PATH) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = re.sub(rb"\{%tr for s in sop %\}", b"{%tr for s in bagian_depan %}", data)
            new.writestr(name, data)
    with pytest.raises(TemplateError, match="sop"):
        render_front(Template.load(path), OFFICE, HEADS, ENTRIES, 2026)


def test_the_sample_shows_one_line() -> None:
    data = render_sample(Template.load(PATH), "Halaman buku 0123456789")
    assert words(data) == ["Halaman buku 0123456789"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Drs. Pejabat Contoh, S.H., M.Si.", "Pejabat Contoh"),
        ("Prof. Dr. H. Pejabat Contoh", "Pejabat Contoh"),
        ("PEJABAT CONTOH", "PEJABAT CONTOH"),
        ("Ir. Hj. Contoh, M.T.", "Contoh"),
        ("Hartono", "Hartono"),
    ],
)
def test_names_without_titles(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(("number", "text"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (48, "xlviii"), (100, "c")])
def test_small_roman_figures(number: int, text: str) -> None:
    assert roman(number) == text
