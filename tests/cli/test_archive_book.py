"""The book of SOPs in the archive, made here without LibreOffice: one list, one field, a few lines."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import bagit
import ocfl
import pikepdf
import pytest

from pipeline.run.state import Made, State
from pipeline.run.writing import Outputs
from tests.cli.desk import SOP, STEPS, Desk, Ran
from tests.cli.desk_signed import SOURCES, built, came_back, letter, trusting
from tests.sign import paper
from tests.sign.service import national, own

ARCHIVE = "outputs/uji/arsip"
BOOK = "outputs/uji/buku-sop.pdf"
OTHER = "uji/sop/arsip"
OF_OTHER = ("kantor.yaml", "sop/arsip.yaml", "sop/arsip.langkah.csv")


def words(ran: Ran) -> str:
    return " ".join(ran.all.split())


def bound(desk: Desk, *lines: str, sops: Sequence[str] = ("surat", "arsip")) -> bytes:
    """Put a book of ``sops`` where ``tertib book`` puts it, on record, with its sidecar."""
    outputs = Outputs(desk.folder / "outputs")
    state = State(outputs)
    chapters = [(outputs.folder / f"uji/sop/{name}.pdf", name) for name in sops]
    made = [(name, state.get(pdf)) for pdf, name in chapters]
    text = "\ufeffno,nomor,judul,berkas,sha256\r\n" + "".join(
        f"{number},001,{name},uji/sop/{name}.pdf,{one.pdf}\r\n" for number, (name, one) in enumerate(made, 1) if one
    )
    with pikepdf.open(io.BytesIO(paper.paper((*paper.LINES, "KEPUTUSAN", *lines), pages=3, box=None))) as pdf:
        paper.add_field(pdf, 1, paper.BOX, "ttdkeputusan")
        paper.attach(pdf, "daftar-sop.csv", text.encode())
        data = paper.saved(pdf)
    pdf_path = outputs.folder / "uji/buku-sop.pdf"
    pdf_path.write_bytes(data)
    pdf_path.with_suffix(".ttd.json").write_text("{}")
    sources = {key: value for _, one in made if one for key, value in one.sources.items()}
    title = "Buku Prosedur Sekretariat DPRD Tahun 2026"
    proof = hashlib.sha256(data).hexdigest()
    state.put(pdf_path, Made("uji/buku-sop", "", proof, sources, "uji", 3, title, "188/9", "final", "kunci", "{}"))
    state.save()
    return data


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office that trusts the authority of the tests, with two SOPs and the book of them."""
    trusting(desk)
    desk.put("sop/arsip.yaml", SOP.replace("surat.langkah", "arsip.langkah"))
    desk.put("sop/arsip.langkah.csv", STEPS)
    built(desk, "uji/sop/surat", letter())
    built(desk, OTHER, letter("Arsip", document=OTHER), OF_OTHER)
    bound(desk)
    return desk


def versions(desk: Desk) -> dict[str, str]:
    """Version by file name, as the list that is filed with the latest book tells them."""
    latest = sorted((desk.folder / ARCHIVE / "buku/buku-sop").iterdir())[-1]
    text = (latest / "sumber/daftar-sop.csv").read_text("utf-8-sig")
    return {row["berkas"]: row["versi_arsip"] for row in csv.DictReader(io.StringIO(text))}


def index(desk: Desk) -> list[dict[str, str]]:
    text = (desk.folder / ARCHIVE / "indeks.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_book_is_filed_with_the_list_of_what_is_in_it(office: Desk) -> None:
    kantor = (office.office / "kantor.yaml").read_text()
    office.put("kantor.yaml", kantor + "arsip: {sop: {kode_klasifikasi: 000.8.3.3, retensi_aktif: 2 tahun}}\n")
    built(office, "uji/sop/surat", letter())
    built(office, OTHER, letter("Arsip", document=OTHER), OF_OTHER)
    bound(office)
    ran = office.run("archive")
    assert (ran.code, "uji/buku/buku-sop: versi v001 diarsipkan." in ran.out) == (0, True), ran.all
    before = office.visible(ARCHIVE)
    assert {name.removeprefix("buku/buku-sop/v001/") for name in before if name.startswith("buku/")} == {
        "buku-sop.pdf",
        "buku-sop.ttd.json",
        "sumber/daftar-sop.csv",
        "versi.json",
        "manifest-sha256.txt",
        "manifest-sha512.txt",
    }
    assert versions(office) == {"uji/sop/surat.pdf": "sop/surat/v001", "uji/sop/arsip.pdf": "sop/arsip/v001"}
    row = index(office)[-1]
    assert [row[key] for key in ("jenis", "nomor", "uraian", "tahun", "jumlah", "tanggal_efektif")] == [
        "buku",
        "188/9",
        "Buku Prosedur Sekretariat DPRD Tahun 2026",
        "2026",
        "1 naskah, 3 halaman",
        "",
    ]
    assert (row["kode_klasifikasi"], row["retensi_aktif"]) == ("000.8.3.3", "2 tahun")
    assert "Buku" not in (office.folder / ARCHIVE / "tinjauan.ics").read_text()
    assert "Tidak ada yang berubah" in words(office.run("archive"))
    assert office.visible(ARCHIVE) == before
    assert office.run("verify", ARCHIVE).code == 0
    assert "buku/NAMA" in (office.folder / ARCHIVE / "BACA-SAYA.txt").read_text()


def test_only_what_shows_makes_a_version(office: Desk) -> None:
    office.run("archive")
    office.put("sop/surat.yaml", "# catatan\n" + (office.office / "sop/surat.yaml").read_text())
    for document, data in (("uji/sop/surat", letter(document="uji/sop/surat2")), (OTHER, letter("Arsip"))):
        built(office, document, data, OF_OTHER if document == OTHER else SOURCES)
    bound(office)
    assert "Tidak ada yang berubah" in words(office.run("archive"))
    bound(office, "Pasal baru")
    assert "uji/buku/buku-sop: versi v002 diarsipkan." in words(office.run("archive"))
    # These PDFs were never filed themselves, but versions that print the same.
    assert versions(office) == {"uji/sop/surat.pdf": "sop/surat/v001", "uji/sop/arsip.pdf": "sop/arsip/v001"}
    built(office, OTHER, letter("Arsip baru", document=OTHER), OF_OTHER)
    bound(office, "Pasal lebih baru")
    office.run("archive")
    assert versions(office)["uji/sop/arsip.pdf"] == "sop/arsip/v002"


@pytest.mark.parametrize("case", ["masukan", "sop lain", "sop baru", "bukan final"])
def test_an_old_book_is_told_and_keeps_nothing_from_being_filed(office: Desk, case: str) -> None:
    if case == "masukan":
        office.edit("sop/surat.yaml", "Buku agenda", "Agenda")
        built(office, "uji/sop/surat", letter("Agenda"))
        built(office, OTHER, letter("Arsip", document=OTHER), OF_OTHER)
    elif case == "sop lain":
        built(office, OTHER, letter("Templat lain", document=OTHER), OF_OTHER)
    elif case == "sop baru":
        bound(office, sops=("surat",))
    else:
        state = State(Outputs(office.folder / "outputs"))
        pdf = office.folder / "outputs" / f"{OTHER}.pdf"
        made = state.get(pdf)
        assert made is not None
        state.put(pdf, Made(made.document, made.docx, made.pdf, made.sources, made.converter, 2, stage="draf"))
        state.save()
    ran = office.run("archive")
    assert ran.code == 0, ran.all
    assert "uji/buku/buku-sop: buku belum diperbarui, jadi tidak diarsipkan. Jalankan tertib book" in words(ran)
    assert "uji/sop/surat: versi v001" in words(ran)
    assert not (office.folder / ARCHIVE / "buku").exists()
    bound(office, sops=("surat",) if case == "bukan final" else ("surat", "arsip"))
    assert "uji/buku/buku-sop: versi v001 diarsipkan." in words(office.run("archive"))


def test_what_is_left_of_a_removed_sop_is_no_part_of_the_office(office: Desk) -> None:
    (office.office / "sop/arsip.yaml").unlink()
    assert "buku belum diperbarui" in words(office.run("archive", BOOK))
    bound(office, sops=("surat",))
    assert "uji/buku/buku-sop: versi v001 diarsipkan." in words(office.run("archive", BOOK))


def test_a_book_that_was_changed_is_not_filed(office: Desk) -> None:
    pdf = office.folder / BOOK
    pdf.write_bytes(pdf.read_bytes() + b"\n% tanda tangan\n")
    ran = office.run("archive")
    assert ran.code == 4
    assert "buku bertanda tangan itu jangan dihapus" in words(ran)
    assert "uji/sop/surat: versi v001" in words(ran)
    assert not (office.folder / ARCHIVE / "buku").exists()


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("inputs/uji/sop/surat.yaml", {"sop/surat"}),
        ("inputs/uji/sop", {"sop/surat", "sop/arsip"}),
        ("outputs/uji/sop", {"sop/surat", "sop/arsip"}),
        (BOOK, {"buku/buku-sop"}),
        ("inputs/uji", {"sop/surat", "sop/arsip", "buku/buku-sop"}),
        ("outputs/uji", {"sop/surat", "sop/arsip", "buku/buku-sop"}),
    ],
)
def test_a_path_means_the_book_only_when_it_is_named(office: Desk, path: str, meant: set[str]) -> None:
    assert office.run("archive", path).code == 0
    found = {"/".join(name.split("/")[:2]) for name in office.visible(ARCHIVE) if name.count("/") > 1}
    assert found == meant
    if path == BOOK:  # nothing is claimed of SOPs that are not filed
        assert set(versions(office).values()) == {""}


def test_the_list_tells_books_apart_from_what_is_in_force(office: Desk) -> None:
    office.run("archive")
    for path in (BOOK, f"{ARCHIVE}/buku", "outputs/uji/buku-sop.ttd.json", f"{ARCHIVE}/buku/buku-sop"):
        out = office.run("archive", "list", path).out
        assert [line.split()[:3] for line in out.splitlines()[2:-1]] == [["buku-sop", "v001", "188/9"]], out
    names = [line.split()[0] for line in office.run("archive", "list").out.splitlines()[2:-1]]
    assert names == ["arsip", "surat", "buku-sop"]
    on = office.run("archive", "list", "--on", "2026-06-01")
    assert "1 versi laporan reses atau buku tidak dihitung" in words(on)
    assert "Berlaku pada 1 Juni 2026: 2 SOP" in words(on)


def test_damage_is_found(office: Desk) -> None:
    office.run("archive")
    place = office.folder / ARCHIVE / "buku/buku-sop/v001/sumber/daftar-sop.csv"
    place.write_bytes(place.read_bytes().replace(b"001", b"002"))
    ran = office.run("verify", ARCHIVE)
    assert (ran.code, "buku/buku-sop/v001/sumber/daftar-sop.csv" in words(ran)) == (5, True), ran.all


@pytest.mark.parametrize("service", [lambda data: own(data, field="ttdkeputusan"), national])
def test_a_signed_book_is_filed_with_its_original(office: Desk, service: object) -> None:
    assert callable(service)
    signed = service((office.folder / BOOK).read_bytes())
    came_back(office, {"buku (1).pdf": signed})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert "uji/buku/buku-sop: versi v002 diarsipkan (bertanda tangan, dari v001)" in words(ran)
    version = office.folder / ARCHIVE / "buku/buku-sop/v002"
    assert (version / "buku-sop.ttd.pdf").read_bytes() == signed
    assert (version / "sumber/daftar-sop.csv").is_file()
    assert index(office)[-1]["tingkat_perkembangan"] == "asli"
    before = office.visible(ARCHIVE)
    assert "sudah diarsipkan" in words(office.run("archive", "--signed", "kembali"))
    # A book made again that prints the same is no new version, though the latest one is the signed one.
    assert office.run("archive", BOOK).code == 0
    assert office.visible(ARCHIVE) == before
    assert office.run("verify", "outputs").code == 0


@pytest.mark.parametrize("first", [0, 1])
def test_a_signed_book_is_known_by_the_hash_printed_in_it(office: Desk, first: int) -> None:
    books = [bound(office, f"1c2b·e1cf·2dac·44c{number}") for number in (1, 2) if not office.run("archive").code]
    assert office.run("archive").code == 0
    came_back(office, {"x.pdf": national(books[first])})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert f"versi v004 diarsipkan (bertanda tangan, dari v00{first + 2})" in words(ran)


@pytest.mark.parametrize("form", ["--bagit", "--ocfl"])
def test_it_goes_into_packages(office: Desk, form: str) -> None:
    office.run("archive")
    assert office.run("archive", "export", form, "serah", BOOK).code == 0
    if form == "--bagit":
        bag = bagit.Bag(str(office.folder / "serah/uji-buku-buku-sop"))
        bag.validate()
        assert "data/buku/buku-sop/v001/sumber/daftar-sop.csv" in bag.payload_files()
    else:
        assert ocfl.StorageRoot(root=str(office.folder / "serah")).validate()
        assert [path.name for path in Path(office.folder / "serah").rglob("buku-sop.pdf")] == ["buku-sop.pdf"]
