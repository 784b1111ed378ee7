"""PDFs that are none, damaged, locked, or made to do harm: named as what they are, in bounded time, nothing changed."""

from __future__ import annotations

import io
import os
import random
import sys
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from tests.cli.desk import Desk, Ran
from tests.cli.desk_signed import built, letter, trusting
from tests.sign.authority import PASSPHRASE
from tests.sign.service import SIGNER, national, own

GOOD = letter()
COMMANDS = {
    "verify": ("verify", "kembali/x.pdf"),
    "rebuild": ("verify", "--rebuild", "kembali/x.pdf"),
    "signed": ("archive", "--signed", "kembali"),
    "sign": ("sign", "--key", "kunci.p12", "--passfile", "sandi", "--to", "hasil", "kembali/x.pdf"),
}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")


def edited(change: Callable[[pikepdf.Pdf], object], **how: object) -> bytes:
    """The good PDF after ``change``."""
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **how)  # type: ignore[arg-type]
        return out.getvalue()


def locked(user: str) -> bytes:
    return edited(lambda _: None, encryption=pikepdf.Encryption(user=user, owner="pemilik"))


def raw(*objects: str) -> bytes:
    """A PDF of these objects, the first its catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, text.encode())
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def pages(depth: int) -> bytes:
    """A tree that says of itself to have two to the power of ``depth`` pages, all of them one."""
    nodes = [f"<< /Type /Pages /Count {2 ** (depth - at)} /Kids [{at + 3} 0 R {at + 3} 0 R] >>" for at in range(depth)]
    return raw(
        "<< /Type /Catalog /Pages 2 0 R >>", *nodes, f"<< /Type /Page /Parent {depth + 1} 0 R /MediaBox [0 0 9 9] >>"
    )


def one_page(more: str, *objects: str) -> bytes:
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    catalog = f"<< /Type /Catalog /Pages 2 0 R {more} >>"
    return raw(catalog, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, *objects)


def form_in_itself(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(F=form)
    pdf.pages[0].Contents = pdf.make_stream(b"/F Do")


def value(signature: object) -> Callable[[pikepdf.Pdf], None]:
    def put(pdf: pikepdf.Pdf) -> None:
        for field in pdf.Root.AcroForm.Fields:
            field.V = signature

    return put


def put(key: str, something: object) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__setitem__(key, something)


NO_PDF, BROKEN, LOCKED, EMPTY = "bukan PDF", "rusak", "dikunci|terkunci", "kosong"
CASES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", EMPTY),
    "blanks": (b" \n" * 40, f"{EMPTY}|{NO_PDF}|{BROKEN}"),
    "a text": (b"Naskah menyusul.", NO_PDF),
    "a page of the web": (b"<html><body>Sesi habis</body></html>", NO_PDF),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(300), NO_PDF),
    "a DOCX": (b"PK\x03\x04" + bytes(300), NO_PDF),
    "zeros": (bytes(5000), NO_PDF),
    "only a head": (b"%PDF-1.7\n", BROKEN),
    "locked for reading": (locked("pembaca"), LOCKED),
    "locked for changing": (locked(""), ""),
    "cut in half": (GOOD[: len(GOOD) // 2], BROKEN),
    "a page count that is not so": (GOOD.replace(b"/Count 2", b"/Count 7"), ""),
    "sixteen million pages": (pages(24), ""),
    "pages in a circle": (
        raw("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"),
        "",
    ),
    "nested deeply": (one_page(f"/X {'[' * 9000}{']' * 9000}"), ""),
    "a chain without end": (
        one_page(
            "/Outlines 4 0 R /StructTreeRoot 4 0 R",
            *(f"<< /First {at} 0 R /K {at} 0 R /Parent {at - 2} 0 R >>" for at in range(5, 6000)),
        ),
        "",
    ),
    "names in a circle": (
        one_page(
            "/Names << /EmbeddedFiles 4 0 R >> /AcroForm << /Fields [5 0 R] >>",
            "<< /Kids [4 0 R] >>",
            "<< /FT /Sig /T (a) /Kids [5 0 R] /Parent 5 0 R >>",
        ),
        "",
    ),
    "a form in itself": (edited(form_in_itself), ""),
    "a page as big as a field": (
        edited(lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", [0, 0, 10**6, 10**6])),
        "",
    ),
    "a page without extent": (edited(lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", [0, 0, 0, 0])), ""),
    "a script": (edited(put("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))), ""),
    "XFA": (edited(lambda pdf: pdf.Root.AcroForm.__setitem__("/XFA", pdf.make_stream(b"<xdp/>"))), ""),
    "a signature of nothing": (edited(value(Dictionary(Type=Name.Sig))), ""),
    "a signature below zero": (
        edited(value(Dictionary(Type=Name.Sig, ByteRange=Array([-5, 10, -20, 3]), Contents=String("")))),
        "",
    ),
    "a signature that is a number": (edited(value(5)), ""),
    **{f"{key} is a number": (edited(put(key, 5)), "") for key in ("/AcroForm", "/Names", "/Metadata", "/AF")},
    "comments are a number": (edited(lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", 5)), ""),
}


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with an original, a key, and something signed in its archive."""
    trusting(desk)
    built(desk, "uji/sop/surat", GOOD)
    (desk.folder / "kunci.p12").write_bytes(SIGNER.p12())
    (desk.folder / "sandi").write_text(PASSPHRASE, encoding="utf-8")
    (desk.folder / "kembali").mkdir()
    return desk


def ran(desk: Desk, command: str, data: bytes) -> Ran:
    """The command on a file that holds ``data``; what must hold whatever it is."""
    path = desk.folder / "kembali/x.pdf"
    path.write_bytes(data)
    before = desk.visible()
    told = desk.run(*COMMANDS[command])
    assert "Traceback" not in told.all, told.all
    assert "Kesalahan program" not in " ".join(told.all.split()), told.all
    assert path.read_bytes() == data
    assert {name: digest for name, digest in desk.visible().items() if name in before} == before
    return told


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_with_a_file_is_told(office: Desk, command: str, case: str) -> None:
    data, words = CASES[case]
    told = ran(office, command, data)
    if command != "sign":  # what can be shown may be signed by its own office
        assert told.code in (2, 5), told.all
    said = " ".join(told.all.split())
    assert not words or any(word in said for word in words.split("|")), told.all


SIGNED = (own(GOOD), national(GOOD))


@pytest.mark.parametrize("command", COMMANDS)
def test_noise_and_cuts_anywhere_are_borne(office: Desk, command: str) -> None:

    @settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.integers(0, 2**32))
    def bears(seed: int) -> None:
        draw = random.Random(seed)
        data = bytearray(draw.choice((GOOD, *SIGNED)))
        for _ in range(draw.choice((1, 3, 30, 300))):
            data[draw.randrange(len(data))] = draw.randrange(256)
        if draw.random() < 0.3:
            del data[draw.randrange(len(data)) :]
        elif draw.random() < 0.3:
            start = draw.randrange(len(data))
            del data[start : start + draw.randrange(3000)]
        ran(office, command, bytes(data))
        for made in (office.folder / "hasil").glob("*"):
            made.unlink()

    bears()


@POSIX
@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_is_not_waited_for(office: Desk, command: str) -> None:
    os.mkfifo(office.folder / "kembali/x.pdf")
    os.mkfifo(office.folder / "kembali/lain")
    told = office.run(*COMMANDS[command])
    assert told.code in (2, 5), told.all
    assert "bukan berkas biasa" in " ".join(told.all.split()) or command == "verify", told.all


@POSIX
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("target", ["x.pdf", "tidak-ada.pdf"])
def test_links_in_a_circle_and_to_nowhere_are_told(office: Desk, command: str, target: str) -> None:
    (office.folder / "kembali/x.pdf").symlink_to(target)
    told = office.run(*COMMANDS[command])
    assert told.code in (2, 5), told.all
    assert "esalahan program" not in told.all


@pytest.mark.parametrize(
    "name", ["spasi dan (kurung).pdf", "-o.pdf", "a'b\"c;$(x).pdf", "naskah \u200f\u202e.PDF", "ä.pdf"]
)
def test_any_name_will_do(office: Desk, name: str) -> None:
    if sys.platform == "win32" and '"' in name:
        pytest.skip("no such name here")
    (office.folder / "kembali" / name).write_bytes(own(GOOD))
    told = office.run("archive", "--signed", "kembali")
    assert told.code == 0, told.all
    assert "diarsipkan (bertanda tangan" in " ".join(told.all.split())
