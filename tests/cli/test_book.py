"""``tertib book``: one PDF of all final SOPs, or a word on why there is none."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from pipeline.convert.libreoffice import find_soffice
from pipeline.pdf import verapdf
from tests.cli.desk import SOP, STEPS, Desk

BOOK = "uji/buku-sop.pdf"
LONG = "Pengarsipan Surat Masuk dan Surat Keluar di Lingkungan Sekretariat DPRD & Alat Kelengkapannya"
"""A title that takes two lines in the contents, with a sign that XML reserves."""
DECREE = """\
buku:
  judul: Buku Prosedur
  keputusan:
    nomor: 000.8.3.3/009/2026
    tanggal: 2026-03-05
    tentang: Penetapan Standar Operasional Prosedur
    menimbang: [bahwa prosedur perlu ditetapkan;]
    mengingat: [Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;]
    memutuskan: [Menetapkan SOP dalam Lampiran., Keputusan ini berlaku sejak ditetapkan.]
    pengesah: setwan
"""


def second(desk: Desk) -> None:
    """Another SOP, whose number stands before that of the first."""
    text = SOP.replace("/001/", "/0002/").replace("000.8.3.3/", "000.8.3.2/")
    text = text.replace("SOP Pengarsipan Surat", "").replace("Penerimaan Surat Masuk", LONG)
    desk.put("sop/arsip.yaml", text.replace("surat.langkah", "arsip.langkah").replace("keterkaitan: []\n", ""))
    desk.put("sop/arsip.langkah.csv", STEPS)


def texts(desk: Desk) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(desk.folder / "outputs" / BOOK).pages]


@pytest.mark.usefixtures("libreoffice", "real_libreoffice")
def test_a_book_from_first_to_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    second(desk)
    desk.edit("kantor.yaml", "tempat: Contoh\n", "tempat: Contoh\n" + DECREE)
    desk.edit("pejabat.csv", "197001011990031001", "19700101 199003 1 001")
    desk.put("sop/rapat.yaml", SOP.replace("final", "draf").replace("/001/", "/003/").replace("Masuk", "Keluar"))
    assert desk.run("build").code == 0
    ran = desk.run("book")
    assert (ran.code, "outputs/uji/buku-sop.pdf: 2 SOP" in ran.out) == (0, True), ran.all
    assert "belum final: Penerimaan Surat Keluar (draf)" in " ".join(ran.out.split())
    _looks_right(desk)
    assert "uji/buku/buku-sop: versi v001 diarsipkan." in desk.run("archive").out
    filed = (desk.folder / "outputs/uji/arsip/buku/buku-sop/v001/sumber/daftar-sop.csv").read_text("utf-8-sig")
    assert [row["versi_arsip"] for row in csv.DictReader(io.StringIO(filed))] == ["sop/arsip/v001", "sop/surat/v001"]
    before = desk.visible()
    again = desk.run("book")
    assert (again.code, "buku-sop.pdf tidak berubah: 2 SOP." in again.out) == (0, True), again.all
    assert desk.run("book", "--force").code == 0
    assert desk.visible() == before
    built = {name: proof for name, proof in before.items() if "/arsip/" not in name}
    assert {name: proof for name, proof in _made_elsewhere(desk).items() if name in built} == built

    assert "Tidak ada yang berubah" in desk.run("archive").out
    assert desk.run("verify", "outputs").code == 0
    assert desk.run("verify", "outputs/uji/buku-sop.pdf").code == 0
    with monkeypatch.context() as patch:
        desk.no_soffice(patch)
        assert "tidak berubah" in desk.run("book").out
        ran = desk.run("book", "--force")
        assert (ran.code, "jadi buku tidak dibuat" in " ".join(ran.out.split())) == (3, True), ran.all
    find_soffice.cache_clear()
    broken = desk.put("templates/buku-sop.docx", b"rusak")
    assert desk.run("book").code == 2
    broken.unlink()
    template = desk.put("templates/sop.docx", b"disunting")
    ran = desk.run("book")
    told = "templatnya, inputs/uji/templates/sop.docx, berubah sejak PDF-nya dibuat"
    assert (ran.code, told in " ".join(ran.out.split())) == (4, True), ran.all
    template.unlink()
    assert desk.visible() == before

    desk.edit("sop/arsip.yaml", "000.8.3.2/0002/2026", "000.8.3.3/001/2026")
    ran = desk.run("book")
    told = " ".join(ran.out.split())
    assert (ran.code, "arsip.yaml berubah sejak PDF-nya dibuat" in told) == (4, True), told
    assert "Jalankan tertib build" in told
    assert desk.visible() == before
    signed = desk.folder / "outputs/uji/sop/surat.pdf"
    signed.write_bytes(signed.read_bytes() + b"\n% tanda tangan\n")
    assert "naskah bertanda tangan tidak boleh digabung" in " ".join(desk.run("book").out.split())
    assert desk.visible()[BOOK] == before[BOOK]


def _made_elsewhere(desk: Desk) -> dict[str, str]:
    """SOPs and book of the same inputs, made by other runs: in another folder, time zone and order of names."""
    shutil.copytree(desk.folder / "inputs", desk.folder / "tempat lain" / "inputs")
    for command in ("build", "book"):
        subprocess.run(
            [sys.executable, "-m", "pipeline", command],
            cwd=desk.folder / "tempat lain",
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PYTHONHASHSEED": "7",
                "TZ": "Asia/Jayapura",
            },
            umask=0o077,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
    return desk.visible("tempat lain/outputs")


def _looks_right(desk: Desk) -> None:
    pages = texts(desk)
    reader = pypdf.PdfReader(desk.folder / "outputs" / BOOK)
    starts = [number for number, text in enumerate(pages) if "Tanggal Pembuatan" in text]
    front = starts[0]
    assert reader.page_labels[front - 1 : front + 2] == [reader.page_labels[front - 1], "1", "2"]
    assert reader.page_labels[:2] == ["i", "ii"]
    # In the order of numbers, not of file names.
    assert "Pengarsipan Surat" in pages[starts[0]]
    assert "Penerimaan Surat Masuk" in pages[starts[1]]
    assert "BUKU PROSEDUR" in pages[0]
    assert "TAHUN 2026" in pages[0]
    # The decree names its signer without rank and NIP.
    decree = " ".join(pages[1:front])
    assert "PEJABAT CONTOH" in decree
    assert "197001" not in decree
    titles = [str(item.title) for item in reader.outline]  # type: ignore[union-attr]
    assert titles[0] == "Sampul"
    assert titles[-2:] == [f"{LONG} (000.8.3.2/0002/2026)", "Penerimaan Surat Masuk (000.8.3.3/001/2026)"]
    with pikepdf.open(desk.folder / "outputs" / BOOK) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["ttdkeputusan"]
        listed = io.StringIO(pdf.attachments["daftar-sop.csv"].get_file().read_bytes().decode("utf-8-sig"))
        heights = [float(mark.Rect[3]) for mark in pdf.pages[front - 2].obj.Annots]
        assert heights == sorted(heights, reverse=True)
        assert len(heights) > 2
    rows = list(csv.DictReader(listed))
    assert [(row["nomor"], row["halaman"]) for row in rows] == [
        ("000.8.3.2/0002/2026", "1"),
        ("000.8.3.3/001/2026", str(starts[1] - front + 1)),
    ]
    sidecar = json.loads((desk.folder / "outputs/uji/buku-sop.ttd.json").read_text(encoding="utf-8"))
    (signer,) = sidecar["penanda_tangan"]
    assert (signer["medan"], signer["nip"]) == ("ttdkeputusan", "197001011990031001")
    _says_what_it_is(desk, rows, int(signer["halaman"]))


def _says_what_it_is(desk: Desk, rows: list[dict[str, str]], page: int) -> None:
    """The code beside the signature names the book and the hash of what is in it; the list names those of the SOPs."""
    with pikepdf.open(desk.folder / "outputs" / BOOK) as pdf:
        told = json.loads(pdf.attachments["asal.json"].get_file().read_bytes())
    assert (told["dokumen"], told["jenis"], told["nomor"]) == ("uji/buku-sop", "buku", "000.8.3.3/009/2026")
    document = pdfium.PdfDocument(desk.folder / "outputs" / BOOK)
    image = document[page - 1].render(scale=2).to_pil().convert("L")
    document.close()
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text == f"tertib:uji/buku-sop?sidik={told['sidik'][:32]}"
    assert "·".join(told["sidik"][at : at + 4] for at in (0, 4, 8, 12)) in texts(desk)[page - 1]
    marks = []
    for row in rows:
        with pikepdf.open(desk.folder / "outputs" / row["berkas"]) as pdf:
            marks.append(json.loads(pdf.attachments["asal.json"].get_file().read_bytes())["sidik"])
    assert [row["sidik"] for row in rows] == marks
    opinion = verapdf.ask(desk.folder / "outputs" / BOOK)
    assert opinion.faults == ()
    ran = desk.run("verify", "--rebuild", f"outputs/{BOOK}")
    assert (ran.code, "Buku tidak membawa masukan" in " ".join(ran.all.split())) == (2, True), ran.all


@pytest.fixture
def without_program(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk without LibreOffice."""
    desk.no_soffice(monkeypatch)
    return desk


def test_nothing_is_made_of_what_was_not_built(without_program: Desk) -> None:
    ran = without_program.run("book")
    told = " ".join(ran.out.split())
    assert ran.code == 4
    assert "inputs/uji/sop/surat.yaml belum siap: PDF-nya belum dibuat" in told
    assert "Jalankan tertib build, lalu tertib book lagi." in told
    assert without_program.visible() == {}


def test_an_office_without_final_sops(without_program: Desk) -> None:
    without_program.edit("sop/surat.yaml", "status: final", "status: draf")
    ran = without_program.run("book")
    assert (ran.code, "belum ada SOP berstatus final" in " ".join(ran.out.split())) == (0, True), ran.all


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    pengesah: setwan\n", "", "tanpa `pengesah`"),
        ("pengesah: setwan", "pengesah: sekwan", "engesah `sekwan` tidak ada di pejabat.csv"),
        (
            "    memutuskan: [Menetapkan SOP dalam Lampiran., Keputusan ini berlaku sejak ditetapkan.]\n",
            "",
            "`memutuskan`",
        ),
        ("judul: Buku", "judl: Buku", "`judl`"),
        ("tanggal: 2026-03-05", "tanggal: 5/3/26", "5/3/26"),
        ("buku:\n", "buku:\n  tahun: dua ribu\n", "dua ribu"),
    ],
)
def test_faults_of_its_words_are_findings(without_program: Desk, old: str, new: str, told: str) -> None:
    assert old in DECREE
    without_program.edit("kantor.yaml", "tempat: Contoh\n", "tempat: Contoh\n" + DECREE.replace(old, new))
    ran = without_program.run("book")
    assert told in " ".join(ran.out.split())
    assert "kantor.yaml:" in ran.out
    assert without_program.visible() == {}


def test_help_names_the_way(desk: Desk) -> None:
    ran = desk.run("book", "--help")
    assert (ran.code, "SOP berstatus final" in " ".join(ran.out.split())) == (0, True), ran.out
