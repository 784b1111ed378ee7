"""``tertib sign``: what a person types and sees, and what is written."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable

import pikepdf
import pytest

from pipeline.sign.reports import Trust, Trusted
from pipeline.sign.verify import verify_signatures
from tests.cli.desk import Desk
from tests.powers import ordinary_rights
from tests.sign.authority import PASSPHRASE, YEAR, Authority, blank_pdf, self_signed

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("Akar Masa Kini", start=NOW - YEAR, end=NOW + 5 * YEAR)


@pytest.fixture
def signing(desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a key, its passphrase, and PDFs with one field, two fields, and none."""
    monkeypatch.delenv("TERTIB_SANDI", raising=False)
    person = authority.issue("Penandatangan Contoh 01", start=NOW - YEAR, end=NOW + YEAR)
    files = {
        "kunci.p12": person.p12(),
        "sandi.txt": f"{PASSPHRASE}\n".encode(),
        "a.pdf": blank_pdf("ttd"),
        "b.pdf": blank_pdf("ttd", "ttd2"),
        "bukan.pdf": b"halo",
    }
    for name, data in files.items():
        (desk.folder / name).write_bytes(data)
    return desk


KEY = ("--key", "kunci.p12", "--passfile", "sandi.txt")


def written(desk: Desk) -> set[str]:
    """Everything in the working folder but its inputs."""
    known = ("inputs", "kunci.p12", "sandi.txt", "a.pdf", "b.pdf", "bukan.pdf")
    return {
        path.relative_to(desk.folder).as_posix()
        for path in desk.folder.rglob("*")
        if path.is_file() and path.relative_to(desk.folder).parts[0] not in known
    }


def test_signed_beside_the_pdf(signing: Desk, authority: Authority) -> None:
    before = (signing.folder / "a.pdf").read_bytes()
    ran = signing.run("sign", "a.pdf", *KEY)
    assert (ran.code, written(signing)) == (0, {"ttd/a.pdf"}), ran.all
    assert "a.pdf: ditandatangani di isian ttd (B-B), disimpan di ttd/a.pdf." in ran.out
    assert "1 dari 1 PDF ditandatangani Penandatangan Contoh 01." in ran.out
    assert (signing.folder / "a.pdf").read_bytes() == before
    (report,) = verify_signatures((signing.folder / "ttd/a.pdf").read_bytes(), Trust((authority.root.der,)))
    assert (report.holds, report.trusted) == (True, Trusted.YES)


def test_many_with_one_passphrase_and_one_bad_among_them(signing: Desk) -> None:
    ran = signing.run("sign", "a.pdf", "bukan.pdf", "tidak-ada.pdf", "b.pdf", "--field", "ttd", *KEY)
    assert (ran.code, written(signing)) == (2, {"ttd/a.pdf", "ttd/b.pdf"}), ran.all
    for told in ("bukan.pdf: Ini bukan PDF", "tidak-ada.pdf: Tidak dapat dibaca", "2 dari 4 PDF ditandatangani"):
        assert told in ran.out


def test_fields_are_told(signing: Desk) -> None:
    ran = signing.run("sign", "b.pdf", *KEY)
    assert (ran.code, written(signing)) == (2, set())
    assert "ttd (Tanda tangan ttd); ttd2 (Tanda tangan" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("name", "warned"),
    [("Ttd", False), ("TTD, S.H., M.Si.", False), ("Dr. Orang Lain", True), ("ttd Orang Lain", True)],
)
def test_certificate_of_somebody_else(name: str, warned: bool, signing: Desk, authority: Authority) -> None:
    other = authority.issue(name, start=NOW - YEAR, end=NOW + YEAR)
    (signing.folder / "kunci.p12").write_bytes(other.p12())
    ran = signing.run("sign", "a.pdf", *KEY)
    assert ran.code == 0
    assert (
        f"isiannya “Tanda tangan ttd”, sedangkan sertifikatnya atas nama {name}" in " ".join(ran.out.split())
    ) == warned


def test_signed_twice_by_way_of_the_first_copy(signing: Desk) -> None:
    first = signing.run("sign", "b.pdf", "--field", "ttd2", *KEY)
    assert first.code == 0
    assert "Belum ditandatangani: ttd (Tanda tangan ttd)." in " ".join(first.out.split())
    ran = signing.run("sign", "ttd/b.pdf", "--to", "selesai", *KEY)
    assert ran.code == 0, ran.all
    assert len(verify_signatures((signing.folder / "selesai/b.pdf").read_bytes(), Trust())) == 2


def test_nothing_is_overwritten(signing: Desk) -> None:
    (signing.folder / "ttd").mkdir()
    (signing.folder / "ttd/a.pdf").write_text("penting")
    ran = signing.run("sign", "a.pdf", *KEY)
    assert ran.code == 2
    assert "ttd/a.pdf sudah ada dan tidak ditimpa" in ran.out
    assert (signing.folder / "ttd/a.pdf").read_text() == "penting"
    assert written(signing) == {"ttd/a.pdf"}


def test_same_name_twice(signing: Desk) -> None:
    (signing.folder / "lain").mkdir()
    (signing.folder / "lain/a.pdf").write_bytes(blank_pdf("ttd"))
    ran = signing.run("sign", "a.pdf", "lain/a.pdf", "--to", "hasil", *KEY)
    assert ran.code == 2
    assert "1 dari 2 PDF" in ran.out
    assert "hasil/a.pdf sudah ada" in ran.out


WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "no key": ((), "Sebutkan kunci dengan --key"),
    "two keys": ((*KEY, "--pkcs11", "x.so"), "salah satu saja"),
    "key not there": (("--key", "lain.p12", "--passfile", "sandi.txt"), "lain.p12 tidak dapat dibaca"),
    "key is none": (("--key", "a.pdf", "--passfile", "sandi.txt"), "bukan berkas kunci PKCS#12"),
    "wrong passphrase": (("--key", "kunci.p12", "--passfile", "a.pdf"), "tidak dapat dibaca (bukan teks UTF-8)"),
    "no passfile": (("--key", "kunci.p12", "--passfile", "x"), "--passfile x tidak dapat dibaca"),
    "token with a file": ((*KEY, "--token", "Kantor"), "hanya untuk kunci di kartu atau token"),
    "level": ((*KEY, "--level", "b-x"), "b-x tidak dikenal. Pilihannya: b-b, b-t, b-lt"),
    "no authority": ((*KEY, "--level", "b-t"), "Tingkat b-t memerlukan stempel waktu"),
    "authority for nothing": ((*KEY, "--level", "b-b", "--tsa", "http://x.example"), "tidak memakai stempel waktu"),
    "authority is none": ((*KEY, "--tsa", "x"), "bukan alamat web"),
    "authority not there": ((*KEY, "--tsa", "http://127.0.0.1:9/"), "tidak dapat dihubungi"),
    "library not there": (("--pkcs11", "x.so", "--passfile", "sandi.txt"), "x.so tidak ada"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_and_nothing_written(name: str, signing: Desk) -> None:
    words, told = WRONG[name]
    ran = signing.run("sign", "a.pdf", *words)
    assert (ran.code, written(signing)) == (2, set()), ran.all
    assert told in " ".join(ran.all.split()), ran.all
    assert PASSPHRASE not in ran.all


def test_wrong_passphrase(signing: Desk) -> None:
    (signing.folder / "sandi.txt").write_text("sandi lama\n")
    ran = signing.run("sign", "a.pdf", *KEY, "--verbose")
    assert (ran.code, written(signing)) == (2, set())
    assert "Kata sandi untuk kunci.p12 salah" in ran.err
    assert "sandi lama" not in ran.all


def test_passphrase_from_the_environment(signing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIB_SANDI", PASSPHRASE)
    ran = signing.run("sign", "a.pdf", "--key", "kunci.p12", "--verbose")
    assert ran.code == 0, ran.all
    assert PASSPHRASE not in ran.all


def test_passphrase_that_is_typed(signing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def prompt(text: str, **more: object) -> str:
        asked.append(text)
        assert more["hide_input"]
        return PASSPHRASE

    monkeypatch.setattr("click.prompt", prompt)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert signing.run("sign", "a.pdf", "b.pdf", "--field", "ttd", "--key", "kunci.p12").code == 0
    assert asked == ["Kata sandi kunci"]


def test_passphrase_cannot_be_asked(signing: Desk) -> None:
    with signing.start("sign", "a.pdf", "--key", "kunci.p12") as process:
        _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "--passfile" in err
    assert "TERTIB_SANDI" in err
    assert written(signing) == set()


def test_passphrase_is_no_option(signing: Desk) -> None:
    ran = signing.run("sign", "a.pdf", "--key", "kunci.p12", "--password", PASSPHRASE)
    assert ran.code == 2
    assert written(signing) == set()


@pytest.mark.parametrize(("days", "told"), [(-1, "sudah berakhir"), (1, "baru berlaku mulai")])
def test_certificate_out_of_its_time(days: int, told: str, signing: Desk, authority: Authority) -> None:
    day = dt.timedelta(days=1)
    start, end = (NOW - YEAR, NOW - day) if days < 0 else (NOW + day, NOW + YEAR)
    (signing.folder / "kunci.p12").write_bytes(authority.issue("Contoh", start=start, end=end).p12())
    ran = signing.run("sign", "a.pdf", *KEY)
    assert (ran.code, written(signing)) == (2, set())
    assert told in ran.err


def test_own_certificate_needs_the_trust_of_the_office(signing: Desk) -> None:
    own = self_signed("Kantor Sendiri", NOW)
    (signing.folder / "kunci.p12").write_bytes(own.p12())
    refused = signing.run("sign", "a.pdf", *KEY)
    assert refused.code == 2
    assert "dibuat oleh pemegangnya sendiri" in refused.err
    signing.edit("kantor.yaml", "tempat: Contoh", "tempat: Contoh\nsertifikat_tepercaya: sertifikat")
    signing.put("sertifikat/kantor.pem", own.pem)
    ran = signing.run("sign", "a.pdf", *KEY)
    assert ran.code == 0, ran.all


def test_roots_of_no_use_are_told(signing: Desk) -> None:
    signing.edit("kantor.yaml", "tempat: Contoh", "tempat: Contoh\nsertifikat_tepercaya: sertifikat")
    signing.put("sertifikat/salah.pem", "bukan")
    ran = signing.run("sign", "a.pdf", *KEY)
    assert (ran.code, written(signing)) == (2, set())
    assert "salah.pem bukan sertifikat" in ran.err


def test_folder_is_no_pdf(signing: Desk) -> None:
    ran = signing.run("sign", "inputs", *KEY)
    assert ran.code == 2
    assert "inputs: Ini folder" in ran.out


@ordinary_rights()
def test_folder_that_cannot_be_written(signing: Desk) -> None:
    (signing.folder / "ttd").mkdir(mode=0o500)
    ran = signing.run("sign", "a.pdf", *KEY)
    assert ran.code == 2
    assert "izin" in ran.out


def test_place_is_taken_by_a_file(signing: Desk) -> None:
    (signing.folder / "ttd").write_text("berkas")
    ran = signing.run("sign", "a.pdf", *KEY)
    assert (ran.code, written(signing)) == (2, {"ttd"}), ran.all
    assert "ttd/a.pdf tidak dapat ditulis" in ran.out


def test_full_disk_leaves_nothing(signing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.run.sign.write_synced", full)
    ran = signing.run("sign", "a.pdf", *KEY)
    assert (ran.code, written(signing)) == (2, set())
    assert "tidak dapat ditulis" in ran.out
    assert "--to" in ran.out


def test_disk_without_links(signing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*given: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    assert signing.run("sign", "a.pdf", *KEY).code == 0
    assert signing.run("sign", "a.pdf", *KEY).code == 2
    assert written(signing) == {"ttd/a.pdf"}


def test_what_a_killed_run_left_is_removed(signing: Desk) -> None:
    folder = signing.folder / "ttd"
    folder.mkdir()
    others = [".a.pdf.12.part.lama", "unduhan.pdf.12.part", ".unduhan.12.part"]
    for name in (".a.pdf.12345.part", ".lain.PDF.7.part", ".sibuk.pdf.9.part", *others):
        (folder / name).write_bytes(b"%PDF-1.7 separuh")
    code = "import sys; from pipeline.run.writing import try_lock\nwith open(sys.argv[1], 'rb+') as file: "
    code += "print(try_lock(file), flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(folder / ".sibuk.pdf.9.part")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as busy:
        assert busy.stdout is not None
        assert busy.stdout.readline().strip() == b"True"
        assert signing.run("sign", "a.pdf", *KEY).code == 0
        assert {path.name for path in folder.iterdir()} == {"a.pdf", ".sibuk.pdf.9.part", *others}
        busy.communicate()
    assert signing.run("sign", "a.pdf", *KEY).code == 2, "it is signed already"
    assert {path.name for path in folder.iterdir()} == {"a.pdf", *others}


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def without_sense(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"1 2 halo")


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [(with_script, 2, "c.pdf: PDF ini memuat isi yang dapat bertindak"), (without_sense, 4, "c.pdf: PDF ini tidak di")],
)
def test_what_nobody_sees_is_not_signed(
    change: Callable[[pikepdf.Pdf], None], code: int, told: str, signing: Desk
) -> None:
    with pikepdf.open(signing.folder / "a.pdf") as pdf:
        change(pdf)
        pdf.save(signing.folder / "c.pdf")
    ran = signing.run("sign", "c.pdf", "a.pdf", *KEY)
    assert (ran.code, written(signing) - {"c.pdf"}) == (code, {"ttd/a.pdf"}), ran.all
    assert told in " ".join(ran.out.split())
