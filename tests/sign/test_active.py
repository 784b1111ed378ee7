"""What acts by itself in a PDF is found wherever it stands, and keeps it from being signed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.errors import SignatureError, UsageError
from pipeline.sign.active import prove_passive
from tests.sign.authority import blank_pdf

Change = Callable[[pikepdf.Pdf], object]


def edited(*changes: Change, **how: object) -> bytes:
    """A PDF with a signature field, after ``changes``."""
    with pikepdf.open(io.BytesIO(blank_pdf("ttd"))) as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        for change in changes:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out, **how)  # type: ignore[arg-type]
        return out.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def root(key: str, value: Callable[[], object]) -> Change:
    return lambda pdf: pdf.Root.__setitem__(key, value())


def annotation(**more: object) -> Change:
    """An annotation on the second page."""

    def add(pdf: pikepdf.Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Rect=Array([10, 10, 50, 50]), **more)
        pdf.pages[1].obj.Annots = Array([pdf.make_indirect(one)])

    return add


def link(action: Dictionary) -> Change:
    return annotation(Subtype=Name.Link, A=action)


def xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def field_event(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].AA = Dictionary(K=pdf.make_indirect(script()))


def left_over(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Sisa = pdf.make_indirect(Array([Dictionary(Dalam=Array([script()]))]))


def outline(pdf: pikepdf.Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("Bab 1"), A=Dictionary(S=Name.Launch, F=String("a.exe"))))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))


def names() -> Dictionary:
    return Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))


def chain() -> Dictionary:
    return Dictionary(S=Name.URI, URI=String("https://contoh.example/"), Next=Array([script()]))


def address(text: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=String(text))


ACTIVE: dict[str, tuple[Change, str]] = {
    "on opening": (root("/OpenAction", script), "perintah JavaScript (objek "),
    "on closing": (root("/AA", lambda: Dictionary(WC=script())), "perintah JavaScript (objek "),
    "among the names": (root("/Names", names), "perintah JavaScript (objek "),
    "on turning a page": (lambda pdf: pdf.pages[1].obj.__setitem__("/AA", Dictionary(O=script())), "(halaman 2, objek"),
    "in a field": (field_event, "perintah JavaScript (halaman 1, objek "),
    "XFA": (xfa, "formulir XFA (objek "),
    "behind a link": (link(script()), "perintah JavaScript (halaman 2, objek "),
    "after a link": (link(chain()), "perintah JavaScript (halaman 2, objek "),
    "a program": (link(Dictionary(S=Name.Launch, F=String("a.exe"))), "perintah Launch (halaman 2, objek "),
    "a program in the bookmarks": (outline, "perintah Launch (objek "),
    "sending": (link(Dictionary(S=Name.SubmitForm, F=String("https://contoh.example/"))), "perintah SubmitForm"),
    "hiding": (link(Dictionary(S=Name.Hide, T=String("ttd"))), "perintah Hide (halaman 2"),
    "another file": (link(Dictionary(S=Name.GoToR, F=String("b.pdf"), D=Array([0]))), "perintah GoToR (halaman 2"),
    "layers": (link(Dictionary(S=Name.SetOCGState, State=Array([]))), "perintah SetOCGState (halaman 2"),
    "an address that is a script": (link(address(" JavaScript:alert(1)")), "bukan alamat web (halaman 2"),
    "an address that is a file": (link(address("file:///c:/a.exe")), "bukan alamat web (halaman 2"),
    "a film": (annotation(Subtype=Name.Movie), "suara, film, atau gambar bergerak (halaman 2"),
    "a 3D model": (annotation(Subtype=Name("/3D")), "gambar bergerak (halaman 2"),
    "what nothing shows": (left_over, "perintah JavaScript (objek "),
}
PASSIVE: dict[str, Change] = {
    "nothing": lambda pdf: None,
    "a link on the web": link(address("https://contoh.example/javascript:sop")),
    "a link within": link(Dictionary(S=Name.GoTo, D=String("bab1"))),
    "the next page": link(Dictionary(S=Name.Named, N=Name.NextPage)),
    "words about it": lambda pdf: pdf.docinfo.__setitem__("/Subject", "Tentang /JavaScript, /XFA, dan /Launch"),
    "a tag of that name": lambda pdf: pdf.Root.__setitem__("/Judul", Dictionary(S=Name.Form, Subtype=Name.Sound)),
}


@pytest.mark.parametrize("case", ACTIVE)
@pytest.mark.parametrize("packed", [False, True])
def test_found_and_told(case: str, packed: bool) -> None:
    change, told = ACTIVE[case]
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    with pytest.raises(UsageError) as refused:
        prove_passive(edited(change, object_stream_mode=mode))
    text = refused.value.message.text("id")
    assert told in text
    assert "tertib build" in text


@pytest.mark.parametrize("case", PASSIVE)
def test_ordinary_things_are_no_reason(case: str) -> None:
    data = edited(PASSIVE[case])
    prove_passive(data)
    with pytest.raises(UsageError):  # and they hide nothing
        prove_passive(edited(PASSIVE[case], root("/OpenAction", script)))


def test_name_written_with_numbers_of_its_signs() -> None:
    data = edited(root("/OpenAction", script)).replace(b"/S /JavaScript", b"/S /#4aavaScript").replace(b"/JS", b"/#4AS")
    assert b"/JavaScript" not in data
    with pytest.raises(UsageError) as refused:
        prove_passive(data)
    assert "perintah JavaScript" in refused.value.message.text("id")


def test_many_are_counted() -> None:
    def scripts(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Sisa = Array([pdf.make_indirect(script()) for _ in range(8)])

    with pytest.raises(UsageError) as refused:
        prove_passive(edited(scripts))
    assert "; dan 3 lagi." in refused.value.message.text("id")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "kosong"),
        (b"halo", "bukan PDF"),
        (b"%PDF-1.7\n", "rusak"),
        (edited(encryption=pikepdf.Encryption(user="a", owner="b")), "kata sandi"),
    ],
)
def test_what_cannot_be_read_is_told_as_that(data: bytes, told: str) -> None:
    with pytest.raises(SignatureError) as refused:
        prove_passive(data)
    assert told in refused.value.message.text("id")
