"""What changed between an original and what came back: nothing honest is told, all else is, with its place."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.errors import SignatureError
from pipeline.sign.changes import Kind
from pipeline.sign.compare import compare
from tests.sign import paper
from tests.sign.paper import Change, altered, draw, swap, write

ORIGINAL = paper.paper(document="uji/sop/surat")
PAGE = paper.paper(pages=1)
PHOTO = paper.paper(photo=True)
PLAIN = paper.paper(box=None)


def told(original: bytes, returned: bytes) -> list[tuple[Kind, int | None, str]]:
    return [(change.kind, change.page, change.message.id) for change in compare(original, returned).changes]


@pytest.mark.parametrize("original", [ORIGINAL, PHOTO], ids=["text", "photo"])
@pytest.mark.parametrize("way", paper.HONEST)
def test_what_a_service_may_do_is_no_change(original: bytes, way: str) -> None:
    found = compare(original, paper.HONEST[way](original))
    assert (found.changes, found.pages) == ((), 2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_have_their_band_at_the_foot_as_shown(turn: int) -> None:
    original = paper.paper(turned=turn)
    foot = {0: (72, 30), 90: (570, 100), 180: (72, 815), 270: (20, 100)}[turn]
    assert told(original, altered(original, write(*foot, "x", 0, 7))) == []
    middle = told(original, altered(original, write(300, 400, "tambahan", 0)))
    assert middle[0][:2] == (Kind.TEXT, 1)
    assert "tambahan" in middle[0][2]


@pytest.mark.parametrize(
    ("millimetres", "kinds"), [(19.5, []), (20.5, [Kind.TEXT]), (21.5, [Kind.TEXT])], ids=["in", "just above", "above"]
)
def test_the_band_for_the_service_ends_twenty_millimetres_above_the_foot(millimetres: float, kinds: list[Kind]) -> None:
    # The height is stated here once more: it is what the rules of the national service leave free.
    found = told(PAGE, altered(PAGE, write(72, millimetres / 25.4 * 72, "x", 0, 7)))
    assert [kind for kind, _, _ in found if kind is Kind.TEXT] == kinds


@pytest.mark.parametrize(("millimetres", "seen"), [(18, False), (21, True), (22.5, True)])
def test_drawings_above_the_band_are_seen(millimetres: float, seen: bool) -> None:
    height = millimetres / 25.4 * 72
    found = told(PAGE, altered(PAGE, draw(f"72 {height:.2f} 200 1.5 re f")))
    assert any(kind is Kind.PICTURE for kind, _, _ in found) == seen


def _annotate(kind: str, **more: object) -> Change:
    def change(pdf: Pdf) -> None:
        entries = {"/Type": Name.Annot, "/Subtype": Name(f"/{kind}"), "/Rect": Array([100, 300, 200, 350])}
        entries |= {f"/{key}": value for key, value in more.items()}
        paper.annotations(pdf.pages[0]).append(pdf.make_indirect(Dictionary(entries)))

    return change


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _new_page(pdf: Pdf) -> None:
    pdf.add_blank_page(page_size=(paper.WIDE, paper.HIGH))


def _set(path: str, value: Callable[[], object]) -> Change:
    """Set an entry of the catalogue or, after ``page``, of the first page."""

    def change(pdf: Pdf) -> None:
        where, _, key = path.rpartition(" ")
        (pdf.pages[0].obj if where == "page" else pdf.Root)[f"/{key}"] = value()

    return change


def _group(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Lain")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group])))


def _attach(pdf: Pdf) -> None:
    paper.attach(pdf, "tagihan.xlsx", b"PK")


def _replace_attachment(pdf: Pdf) -> None:
    del pdf.attachments["asal.json"]
    paper.attach(pdf, "asal.json", b"{}")


CHANGES: dict[str, tuple[Change, Kind, int | None, tuple[str, ...]]] = {
    "a digit": (swap("paling lambat 3 hari", "paling lambat 8 hari"), Kind.TEXT, 1, ("“3” menjadi “8”", "halaman 1")),
    "an amount": (swap("1.250.000", "9.250.000"), Kind.TEXT, 1, ("1.250.000", "9.250.000")),
    "a word less": (swap("dan memberi disposisi", ""), Kind.TEXT, 1, ("dan memberi disposisi", "hilang")),
    "a word more": (write(72, 500, "Disetujui semua", 1), Kind.TEXT, 2, ("Disetujui semua", "ditambahkan")),
    "a line moved": (swap("72 712 Tm", "72 700 Tm"), Kind.TEXT, 1, ("bergeser", "biaya Rp 1.250.000")),
    "a small shift": (swap("72 712 Tm", "72 710 Tm"), Kind.TEXT, 1, ("bergeser",)),
    "a full stop": (swap("setiap bulan.", "setiap bulan"), Kind.TEXT, 1, ("bulan",)),
    "text nobody sees": (draw("BT 3 Tr /F1 9 Tf 1 0 0 1 90 450 Tm (gelap) Tj ET"), Kind.TEXT, 1, ("gelap",)),
    "a white patch": (draw("1 g 70 706 400 14 re f"), Kind.PICTURE, 1, ("tertutup", "Surat masuk dicatat")),
    "a patch on a digit": (draw("1 g 240.5 711 6.5 10 re f"), Kind.PICTURE, 1, ("tertutup", "halaman 1")),
    "a patch on a comma": (draw("1 g 294.8 708 3 5 re f"), Kind.PICTURE, 1, ("halaman 1",)),
    "a drawn stroke": (draw("1 w 244 713 m 244 720 l S"), Kind.PICTURE, 1, ("halaman 1",)),
    "a line of the table gone": (swap("72 590 m 522 590 l S", ""), Kind.PICTURE, 1, ("Gambar halaman berubah",)),
    "a pale highlight": (draw("1 1 0.6 rg 72 480 200 14 re f"), Kind.PICTURE, 1, ("Gambar halaman berubah",)),
    "a pale veil": (draw("0.92 g 72 300 300 60 re f", 1), Kind.PICTURE, 2, ("Gambar halaman berubah",)),
    "a picture above the box": (draw("0 g 340 210 60 40 re f", 1), Kind.PICTURE, 2, ("mm dari atas",)),
    "a picture that leaves the box": (draw("0 g 320 125 60 60 re f", 1), Kind.PICTURE, 2, ("halaman 2",)),
    "a page more": (_new_page, Kind.PAGES, None, ("2 menjadi 3",)),
    "a page less": (lambda pdf: pdf.pages.__delitem__(1), Kind.PAGES, None, ("2 menjadi 1",)),
    "another order": (lambda pdf: pdf.pages.reverse(), Kind.TEXT, 1, ("“1” menjadi “2”",)),
    "a page turned": (_set("page Rotate", lambda: 180), Kind.SIZE, 1, ("Halaman 1 diputar",)),
    "a page cut": (_set("page CropBox", lambda: Array([0, 0, 500, 700])), Kind.SIZE, 1, ("Ukuran halaman 1",)),
    "a page shifted": (_set("page MediaBox", lambda: Array([9, 9, 604.28, 850.89])), Kind.SIZE, 1, ("digeser",)),
    "another unit": (_set("page UserUnit", lambda: 2), Kind.SIZE, 1, ("satuan halaman 1",)),
    "a note": (_annotate("Text", Contents=String("setuju")), Kind.ANNOTATION, 1, ("Anotasi Text", "setuju")),
    "free text": (_annotate("FreeText", Contents=String("Rp 5")), Kind.ANNOTATION, 1, ("FreeText", "halaman 1")),
    "a hidden note": (_annotate("Text", F=2), Kind.ANNOTATION, 1, ("Anotasi Text",)),
    "a stamp": (_annotate("Stamp"), Kind.ANNOTATION, 1, ("Anotasi Stamp", "mm dari kiri")),
    "a link": (
        _annotate("Link", A=Dictionary(S=Name.URI, URI=String("https://jahat.example"))),
        Kind.ANNOTATION,
        1,
        ("https://jahat.example",),
    ),
    "a form field": (_annotate("Widget", FT=Name.Tx, T=String("jumlah")), Kind.FIELD, 1, ("jumlah",)),
    "a file on a page": (_annotate("FileAttachment"), Kind.ATTACHMENT, 1, ("Lampiran",)),
    "a script": (_set("OpenAction", _script), Kind.ACTION, None, ("Perintah JavaScript",)),
    "a script on closing": (_set("AA", lambda: Dictionary(WC=_script())), Kind.ACTION, None, ("JavaScript",)),
    "a script of a page": (_set("page AA", lambda: Dictionary(O=_script())), Kind.ACTION, 1, ("JavaScript",)),
    "a script behind a link": (
        _set("OpenAction", lambda: Dictionary(S=Name.GoTo, Next=_script())),
        Kind.ACTION,
        None,
        ("JavaScript",),
    ),
    "a named script": (
        _set("Names", lambda: Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _script()])))),
        Kind.ACTION,
        None,
        ("JavaScript",),
    ),
    "a program": (
        _set("OpenAction", lambda: Dictionary(S=Name.Launch, F=String("a.exe"))),
        Kind.ACTION,
        None,
        ("Launch",),
    ),
    "an attachment": (_attach, Kind.ATTACHMENT, None, ("tagihan.xlsx",)),
    "another attachment of that name": (_replace_attachment, Kind.ATTACHMENT, None, ("asal.json", "diubah")),
    "a layer": (_group, Kind.LAYER, None, ("Lapisan “Lain”",)),
    "a signature elsewhere": (
        lambda pdf: paper.add_field(pdf, 0, (100, 640, 90, 40), "lain"),
        Kind.FIELD,
        1,
        ("di luar kotak",),
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_every_other_change_is_told_with_its_place(case: str) -> None:
    change, kind, page, words = CHANGES[case]
    found = compare(ORIGINAL, altered(ORIGINAL, change)).changes
    fitting = [one for one in found if one.kind is kind and one.page == page]
    assert fitting, [one.message.id for one in found]
    text = " ".join(one.message.id for one in fitting)
    assert all(word in text for word in words), text


def test_a_file_in_two_lists_is_told_once() -> None:
    def change(pdf: Pdf) -> None:
        _attach(pdf)
        pdf.Root.AF = Array([pdf.attachments["tagihan.xlsx"].obj])

    assert [kind for kind, _, _ in told(ORIGINAL, altered(ORIGINAL, change))] == [Kind.ATTACHMENT]


def test_places_are_those_of_the_change() -> None:
    (change,) = compare(ORIGINAL, altered(ORIGINAL, swap("lambat 3 hari", "lambat 8 hari"))).changes
    assert change.box is not None
    assert (change.removed, change.added) == ("3", "8")
    assert abs(change.box.y - 710) < 4
    assert 215 < change.box.x < 245
    assert "hari" in change.near
    (patch,) = compare(ORIGINAL, altered(ORIGINAL, draw("0 g 100 400 20 10 re f"))).changes
    assert patch.box is not None
    assert [round(side) for side in (patch.box.x, patch.box.y, patch.box.width, patch.box.height)] == [100, 400, 20, 10]


def test_all_changes_are_told_at_once() -> None:
    def change(pdf: Pdf) -> None:
        swap("1.250.000", "1.750.000")(pdf)
        draw("1 g 70 660 450 14 re f", 1)(pdf)
        _attach(pdf)
        _annotate("Stamp")(pdf)
        _new_page(pdf)

    kinds = {kind for kind, _, _ in told(ORIGINAL, altered(ORIGINAL, change))}
    assert kinds == {Kind.TEXT, Kind.PICTURE, Kind.ATTACHMENT, Kind.ANNOTATION, Kind.PAGES}


def test_a_page_between_is_told_and_the_others_are_still_compared() -> None:
    def change(pdf: Pdf) -> None:
        swap("1.250.000", "1.750.000", 1)(pdf)
        pdf.pages.insert(1, foreign.pages[0])

    with pikepdf.open(io.BytesIO(paper.paper(["Halaman yang disisipkan"], pages=1, box=None))) as foreign:
        found = told(ORIGINAL, altered(ORIGINAL, change))
    assert [text for _, _, text in found if "Halaman 2 ditambahkan" in text]
    assert [page for kind, page, text in found if kind is Kind.TEXT and "1.750.000" in text] == [3]


def test_a_photo_saved_with_loss_is_no_change_and_another_photo_is() -> None:
    from PIL import Image

    def saved(invert: bool) -> Change:
        def change(pdf: Pdf) -> None:
            for page in pdf.pages:
                old = page.Resources.XObject.Foto
                picture = Image.frombytes("L", (120, 90), old.read_bytes())
                stream = io.BytesIO()
                (picture.point(lambda gray: 255 - gray) if invert else picture).save(stream, "JPEG", quality=90)
                old.write(stream.getvalue(), filter=Name.DCTDecode)

        return change

    assert told(PHOTO, altered(PHOTO, saved(invert=False))) == []
    assert [kind for kind, _, _ in told(PHOTO, altered(PHOTO, saved(invert=True)))] == [Kind.PICTURE, Kind.PICTURE]


def test_without_a_box_a_signature_may_stand_on_blank_paper_only() -> None:
    free = compare(PLAIN, altered(PLAIN, lambda pdf: paper.add_field(pdf, 1, (300, 200, 150, 60))))
    assert free.changes == ()
    assert "tidak memuat kotak" in free.notes[0].id
    over = compare(PLAIN, altered(PLAIN, lambda pdf: paper.add_field(pdf, 1, (100, 700, 150, 60))))
    assert Kind.FIELD in {change.kind for change in over.changes}


UNREADABLE = {
    "empty": (b"", "kosong"),
    "text": (b"bukan pdf sama sekali", "bukan PDF"),
    "cut": (ORIGINAL[: len(ORIGINAL) // 3], "rusak"),
    "header only": (b"%PDF-1.7\n", "rusak"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_named(case: str) -> None:
    data, word = UNREADABLE[case]
    with pytest.raises(SignatureError) as caught:
        compare(ORIGINAL, data)
    assert word in caught.value.message.id


def test_an_encrypted_file_is_named() -> None:
    with pikepdf.open(io.BytesIO(ORIGINAL)) as pdf:
        locked = paper.saved(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(SignatureError) as caught:
        compare(ORIGINAL, locked)
    assert "sandi" in caught.value.message.id


@given(st.integers(0, len(PAGE) - 1), st.integers(1, 255))
def test_a_broken_file_never_crashes_the_comparison(place: int, flip: int) -> None:
    broken = bytearray(PAGE)
    broken[place] ^= flip
    with suppress(SignatureError):
        assert compare(PAGE, bytes(broken)).pages >= 0


@pytest.mark.parametrize("first", range(10))
def test_any_other_digit_is_told(first: int) -> None:
    """A digit after each line; in ten turns each of the ten stands after each of the lines."""
    digits = [str((first + row) % 10) for row in range(len(paper.LINES))]
    changed = [text + digit for text, digit in zip(paper.LINES, digits, strict=True)]
    found = compare(PAGE, paper.paper(changed, pages=1)).changes
    texts = [change for change in found if change.kind is Kind.TEXT and change.box is not None]
    rows = {round((760 - change.box.y) / 24): change.added.split()[0][-1] for change in texts if change.box}
    assert rows == dict(enumerate(digits))
