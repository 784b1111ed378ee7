"""A document made again from what its PDF carries: identical, different (where), or not to be said."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.model.particulars import Attachment, Particulars, Relation
from pipeline.pdf.attach import attach
from pipeline.pdf.carried import carried
from pipeline.resources import packaged_templates
from pipeline.run import rebuild as module
from pipeline.run.build import build
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.rebuild import rebuild
from pipeline.run.settings import Settings
from tests.run.small import TODAY
from tests.sign.authority import Authority, sign_pdf
from tests.sign.service import national

ROOT = Path(__file__).resolve().parents[2]
FINAL = "penerimaan-dan-pengolahan-aspirasi"
OWN = "penyelenggaraan-rapat-paripurna"


@dataclass(frozen=True)
class Built:
    """PDFs by name, and the folder in which they were made."""

    folder: Path
    pdfs: Mapping[str, Path]

    def copy(self, name: str, folder: Path) -> Path:
        """A copy of a PDF in ``folder``, away from everything it was made from."""
        return Path(shutil.copy(self.pdfs[name], folder / f"{name}.pdf"))


@pytest.fixture(scope="session")
def built(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Two final SOPs, the second one with the office's own template."""
    folder = tmp_path_factory.mktemp("asal")
    pdfs = {}
    for name, own in ((FINAL, False), (OWN, True)):
        root = folder / name
        office = root / "inputs/contoh"
        shutil.copytree(ROOT / "inputs/contoh", office, ignore=shutil.ignore_patterns("reses", "sop"))
        (office / "sop").mkdir()
        for path in (ROOT / "inputs/contoh/sop").glob(f"{name}.*"):
            shutil.copy(path, office / "sop")
        if own:
            (office / "templates").mkdir()
            with_word(packaged_templates() / "sop.docx", office / "templates/sop.docx", "Disahkan oleh", "Disahkan")
        outcome = build(Settings(root, root / "outputs", TODAY), Silent())
        assert [problem.error.message.id for problem in outcome.problems] == []
        pdfs[name] = root / f"outputs/contoh/sop/{name}.pdf"
    return Built(folder, pdfs)


def with_word(source: Path, target: Path, old: str, new: str) -> None:
    """A copy of a Word file with another word in its body."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as copy:
        for info in package.infolist():
            data = package.read(info)
            if info.filename == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            copy.writestr(info, data)


def tried(path: Path) -> Outcome:
    """``rebuild`` in an empty folder, with another day."""
    settings = Settings(path.parent, path.parent / "outputs", TODAY.replace(year=2040))
    before = sorted(path.parent.rglob("*"))
    outcome = rebuild(path, settings, Silent())
    assert sorted(path.parent.rglob("*")) == before  # nothing is written
    return outcome


def told(outcome: Outcome) -> str:
    """Everything that is told."""
    texts = [*(problem.error.message.id for problem in outcome.problems), *(note.id for note in outcome.notes)]
    return "\n".join([*texts, outcome.result.closing.id if outcome.result.closing else ""])


@pytest.mark.usefixtures("real_libreoffice")
@pytest.mark.parametrize("name", [FINAL, OWN])
def test_a_document_is_made_again_byte_by_byte(name: str, built: Built, tmp_path: Path) -> None:
    outcome = tried(built.copy(name, tmp_path))
    assert outcome.exit_code == 0, told(outcome)
    assert "identik" in told(outcome)
    assert "DOCX yang dibuat dari situ sama persis" in told(outcome)


def test_what_is_carried_is_what_it_was_made_from(built: Built) -> None:
    files = carried(built.pdfs[OWN].read_bytes())
    origin = json.loads(files["asal.json"].data)
    root = built.folder / OWN / "inputs"
    for one in origin["masukan"]:
        assert files[one["berkas"]].data == (root / one["jalur"]).read_bytes()
    places = {one["jalur"] for one in origin["masukan"]}
    names = ("kantor.yaml", "jabatan.csv", "pejabat.csv", "regulasi.csv", "hari-libur.csv", "logo.png")
    assert places == {
        *(f"contoh/{name}" for name in names),
        f"contoh/sop/{OWN}.yaml",
        f"contoh/sop/{OWN}.langkah.csv",
    }
    assert origin["templat"]["bawaan"] is False
    assert files[origin["templat"]["berkas"]].data == (root / "contoh/templates/sop.docx").read_bytes()
    findings = json.loads(files["temuan.json"].data)
    assert findings["documents"][0]["id"] == origin["dokumen"] == f"contoh/sop/{OWN}"
    assert str(built.folder) not in "".join(one.data.decode() for name, one in files.items() if name.endswith(".json"))


def test_something_appended_is_told_and_the_rest_is_identical(built: Built, tmp_path: Path) -> None:
    path = built.copy(FINAL, tmp_path)
    size = path.stat().st_size
    path.write_bytes(path.read_bytes() + b"% tanda tangan\n")
    outcome = tried(path)
    assert outcome.exit_code == 0
    assert f"{size} byte pertama; 15 byte sesudahnya" in told(outcome)


@pytest.mark.parametrize("level", ["b-b", "b-lta"])
def test_a_signed_document_is_compared_up_to_its_signature(level: str, built: Built, tmp_path: Path) -> None:
    path = built.copy(FINAL, tmp_path)
    unsigned = path.read_bytes()
    authority = Authority()
    signer = authority.issue("Penandatangan Contoh 01")
    path.write_bytes(sign_pdf(unsigned, signer, field="ttdpengesah", level=level, authority=authority))
    assert path.stat().st_size > len(unsigned)
    outcome = tried(path)
    assert outcome.exit_code == 0, told(outcome)
    assert f"{len(unsigned)} byte pertama" in told(outcome)


def test_what_the_national_service_gives_back_is_told_to_differ_in_bytes_alone(built: Built, tmp_path: Path) -> None:
    path = built.copy(FINAL, tmp_path)
    path.write_bytes(national(path.read_bytes(), keep=True))
    outcome = tried(path)
    assert outcome.exit_code == 5
    assert "semua halaman terlihat sama" in told(outcome)


def rewritten(path: Path, change: Callable[[pikepdf.Pdf], None]) -> None:
    """Rewrite a PDF as another program would."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)


def test_a_rewritten_file_differs_though_its_pages_are_the_same(built: Built, tmp_path: Path) -> None:
    path = built.copy(FINAL, tmp_path)
    rewritten(path, lambda pdf: pdf.docinfo.__setitem__("/Title", "Lain"))
    outcome = tried(path)
    assert outcome.exit_code == 5
    assert "semua halaman terlihat sama" in told(outcome)


def painted(pdf: pikepdf.Pdf) -> None:
    """Something white over the first page."""
    page = pdf.pages[0]
    page.contents_add(b"q 1 1 1 rg 300 300 200 200 re f Q")


def test_a_page_that_was_painted_over_is_named(built: Built, tmp_path: Path) -> None:
    path = built.copy(FINAL, tmp_path)
    rewritten(path, painted)
    outcome = tried(path)
    assert outcome.exit_code == 5
    assert "halaman 1" in told(outcome)


def with_files(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change the files that a PDF carries."""
    files = {name: one.data for name, one in carried(path.read_bytes()).items()}
    change(files)
    attachments = tuple(
        Attachment(name, data, "application/octet-stream", Relation.DATA, "") for name, data in files.items()
    )
    rewritten(path, lambda pdf: attach(pdf, Particulars("x", "x", attachments=attachments)))


def origin_with(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    """Sets values of ``asal.json``; a dotted key lies deeper."""

    def change(files: dict[str, bytes]) -> None:
        value = json.loads(files["asal.json"])
        for key, new in changes.items():
            *above, last = key.split("__")
            target = value
            for name in above:
                target = target[name]
            target[last] = new
        files["asal.json"] = json.dumps(value).encode()

    return change


def other_title(files: dict[str, bytes]) -> None:
    """Changes an input, and what ``asal.json`` says of it: a forgery that only making it again can show."""
    name = f"{FINAL}.yaml"
    files[name] = files[name].replace(b"judul: ", b"judul: Bukan ")
    value = json.loads(files["asal.json"])
    for one in value["masukan"]:
        if one["berkas"] == name:
            one["sha256"] = hashlib.sha256(files[name]).hexdigest()
    files["asal.json"] = json.dumps(value).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda files: files.update({"kantor.yaml": b"unit: lain\n"}), ["bukan yang dicatat", "kantor.yaml"]),
        (other_title, ["Sidik masukan", "word/document.xml berbeda", "Bukan"]),
        (origin_with(sidik="00" * 32), ["Sidik masukan"]),
    ],
)
def test_changed_inputs_are_found(
    change: Callable[[dict[str, bytes]], None], words: list[str], built: Built, tmp_path: Path
) -> None:
    path = built.copy(FINAL, tmp_path)
    with_files(path, change)
    outcome = tried(path)
    assert outcome.exit_code == 5, told(outcome)
    assert [word for word in words if word not in told(outcome)] == []


PLACE = [{"berkas": "kantor.yaml", "jalur": "../../kantor.yaml", "sha256": ""}]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda files: files.pop("asal.json"), 2, "tidak membawa asalnya"),
        (lambda files: files.pop("kantor.yaml"), 2, "yang hilang: kantor.yaml"),
        (lambda files: files.update({"asal.json": b"{"}), 2, "rusak"),
        (lambda files: files.update({"asal.json": b"[1]"}), 2, "rusak"),
        (origin_with(skema=2), 2, "lebih baru"),
        (origin_with(masukan=3), 2, "rusak"),
        (origin_with(tahap="lain"), 2, "rusak"),
        (origin_with(pdf__tanggal="kemarin"), 2, "rusak"),
        (origin_with(pdf__penanda_tangan=[1]), 2, "rusak"),
        (origin_with(dokumen="contoh/sop/lain"), 2, "bukan masukan dokumen"),
        (origin_with(templat__sha256="00" * 32), 2, "Templat sop.docx"),
        (origin_with(sidik="00", program__versi="99.0"), 2, "tertib 99.0"),
        (origin_with(sidik="00", program__libreoffice="lain"), 3, "LibreOffice lain"),
    ],
)
def test_what_cannot_be_made_again_says_why(
    change: Callable[[dict[str, bytes]], Any], code: int, words: str, built: Built, tmp_path: Path
) -> None:
    path = built.copy(FINAL, tmp_path)
    with_files(path, change)
    outcome = tried(path)
    assert outcome.exit_code == code, told(outcome)
    assert words in told(outcome)
    assert "tidak dapat dipastikan" in told(outcome)


@pytest.mark.parametrize("place", ["../kantor.yaml", "/etc/kantor.yaml", "a/../../b", "", "a\\b", "c:/x"])
def test_a_place_that_leads_out_is_refused(place: str, built: Built, tmp_path: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        value = json.loads(files["asal.json"])
        value["masukan"][1]["jalur"] = place
        files["asal.json"] = json.dumps(value).encode()

    path = built.copy(FINAL, tmp_path)
    with_files(path, change)
    outcome = tried(path)
    assert outcome.exit_code == 2
    assert "tempat yang tidak wajar" in told(outcome)


def test_without_libreoffice_the_docx_is_still_compared(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_soffice", lambda: None)
    outcome = tried(built.copy(FINAL, tmp_path))
    assert outcome.exit_code == 3
    assert "DOCX yang dibuat dari situ sama persis" in told(outcome)
    assert "LibreOffice tidak ditemukan" in told(outcome)


def test_a_template_that_unpacks_beyond_measure_is_refused(built: Built, tmp_path: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        value = json.loads(files["asal.json"])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for number in range(5):
                package.writestr(str(number), b"0" * (60 * 2**20))
        name = value["templat"]["berkas"]
        files[name] = out.getvalue()
        value["templat"]["sha256"] = hashlib.sha256(files[name]).hexdigest()
        files["asal.json"] = json.dumps(value).encode()

    path = built.copy(OWN, tmp_path)
    with_files(path, change)
    outcome = tried(path)
    assert outcome.exit_code == 2
    assert "terlalu besar" in told(outcome)


@pytest.mark.parametrize(("data", "words"), [(b"", "kosong"), (b"%PDF-1.7 rusak", "rusak"), (b"PK\3\4", "bukan PDF")])
def test_a_file_that_is_no_pdf_is_told(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    outcome = tried(path)
    assert outcome.exit_code == 2
    assert words in told(outcome)
