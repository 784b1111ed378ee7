"""Changes to a signed PDF, each by a way that somebody could take."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Name = generic.pdf_name


class _Quiet(IncrementalPdfFileWriter):
    """Changes nothing that it is not told to change."""

    def _update_meta(self) -> None:
        pass


def appended(change: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    """A tampering that appends a revision in which ``change`` was done (it gets the writer)."""

    def tamper(data: bytes) -> bytes:
        writer = _Quiet(BytesIO(data), strict=False)
        change(writer)
        made = BytesIO()
        writer.write(made)
        return made.getvalue()

    return tamper


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def _kids(writer: Any) -> Any:
    pages = writer.root["/Pages"]
    writer.update_container(pages)
    return pages["/Kids"]


def overlay(writer: Any) -> None:
    """Draw over the page in a further content stream."""
    page = _page(writer)
    more = generic.StreamObject(stream_data=b"1 g 0 0 595 842 re f")
    page[Name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(more)])
    writer.update_container(page)


def replace_content(writer: Any) -> None:
    """Write other content into the page's own stream."""
    stream = _page(writer)["/Contents"]
    stream._data = b"0 0 m"
    stream._encoded_data = None
    writer.update_container(stream)


def change_title(writer: Any) -> None:
    """Another title in Info."""
    info = writer.trailer["/Info"]
    info[Name("/Title")] = generic.pdf_string("Judul Lain")
    writer.update_container(info)


def change_xmp(writer: Any) -> None:
    """Another title in XMP."""
    stream = writer.root["/Metadata"]
    data = stream.data.replace(b"Contoh SOP", b"Judul Lain")
    assert data != stream.data
    made = generic.StreamObject({Name("/Type"): Name("/Metadata"), Name("/Subtype"): Name("/XML")}, stream_data=data)
    writer.root[Name("/Metadata")] = writer.add_object(made)
    writer.update_root()


def _annotate(writer: Any, **entries: Any) -> Any:
    page = _page(writer)
    rectangle = generic.ArrayObject(generic.NumberObject(side) for side in (72, 600, 300, 700))
    note = generic.DictionaryObject({Name("/Type"): Name("/Annot"), Name("/Rect"): rectangle, Name("/F"): _number(4)})
    note.update({Name(f"/{key}"): value for key, value in entries.items()})
    made = writer.add_object(note)
    page["/Annots"].append(made)
    writer.update_container(page["/Annots"])
    writer.update_container(page)
    return made


def _number(value: float) -> Any:
    return generic.NumberObject(value)


def add_note(writer: Any) -> None:
    """A text on the page, as an annotation."""
    _annotate(writer, Subtype=Name("/FreeText"), Contents=generic.pdf_string("Disetujui"))


def _add_field(writer: Any, kind: str) -> None:
    made = _annotate(writer, Subtype=Name("/Widget"), FT=Name(kind), T=generic.pdf_string("tambahan"))
    form = writer.root["/AcroForm"]
    form["/Fields"].append(made)
    writer.update_container(form["/Fields"])
    writer.update_container(form)


def add_signature_field(writer: Any) -> None:
    """A visible signature field that nobody signed."""
    _add_field(writer, "/Sig")


def add_text_field(writer: Any) -> None:
    """A field to type in."""
    _add_field(writer, "/Tx")


def _field(writer: Any, name: str) -> Any:
    return next(one.get_object() for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == name)


def _new_look(writer: Any, name: str) -> None:
    field = _field(writer, name)
    box = generic.ArrayObject(_number(side) for side in (0, 0, 180, 50))
    look = generic.StreamObject(
        {Name("/Type"): Name("/XObject"), Name("/Subtype"): Name("/Form"), Name("/BBox"): box},
        stream_data=b"0 0 180 50 re f",
    )
    field[Name("/AP")] = generic.DictionaryObject({Name("/N"): writer.add_object(look)})
    writer.update_container(field)


def new_look_signed(writer: Any) -> None:
    """Another look for the signature that is there."""
    _new_look(writer, "ttd")


def new_look_free(writer: Any) -> None:
    """A look as if signed for the field that is still free."""
    _new_look(writer, "ttd2")


def move_field(writer: Any) -> None:
    """The free field elsewhere on the page, and bigger."""
    field = _field(writer, "ttd2")
    field[Name("/Rect")] = generic.ArrayObject(_number(side) for side in (0, 0, 595, 842))
    writer.update_container(field)


def remove_field(writer: Any) -> None:
    """The free field away."""
    form = writer.root["/AcroForm"]
    del form["/Fields"][1]
    writer.update_container(form["/Fields"])
    writer.update_container(form)


def remove_signature(writer: Any) -> None:
    """The signature out of its field."""
    field = _field(writer, "ttd")
    del field["/V"]
    writer.update_container(field)


def remove_last_field(writer: Any) -> None:
    """The last field away: of a PDF with a timestamp of the document, that timestamp."""
    form = writer.root["/AcroForm"]
    form["/Fields"].pop()
    writer.update_container(form["/Fields"])
    writer.update_container(form)


def turn_page(writer: Any) -> None:
    """The page on its side."""
    page = _page(writer)
    page[Name("/Rotate")] = _number(90)
    writer.update_container(page)


def twice_the_page(writer: Any) -> None:
    """The page shown a second time."""
    kids = _kids(writer)
    kids.append(kids.raw_get(0))
    writer.root["/Pages"][Name("/Count")] = _number(len(kids))


def add_action(writer: Any) -> None:
    """A script that runs when the file is opened."""
    action = {Name("/S"): Name("/JavaScript"), Name("/JS"): generic.pdf_string("app.alert(1)")}
    writer.root[Name("/OpenAction")] = generic.DictionaryObject(action)
    writer.update_root()


def add_attachment(writer: Any) -> None:
    """A file attached."""
    names = generic.DictionaryObject({Name("/EmbeddedFiles"): generic.DictionaryObject()})
    writer.root[Name("/Names")] = names
    writer.update_root()


def change_language(writer: Any) -> None:
    """Another language."""
    writer.root[Name("/Lang")] = generic.pdf_string("en-US")
    writer.update_root()


def need_appearances(writer: Any) -> None:
    """Readers are to draw the fields themselves."""
    form = writer.root["/AcroForm"]
    form[Name("/NeedAppearances")] = generic.BooleanObject(True)
    writer.update_container(form)
    writer.update_root()


def hide_stream(writer: Any) -> None:
    """Foreign bytes that nothing points at."""
    writer.add_object(generic.StreamObject(stream_data=b"muatan" * 100))
    writer.update_root()


def hide_chain(writer: Any) -> None:
    """Objects that only point at one another."""
    first = writer.add_object(generic.DictionaryObject())
    second = writer.add_object(generic.DictionaryObject({Name("/Next"): first}))
    first.get_object()[Name("/Next")] = second
    writer.update_root()


def hide_in_proofs(writer: Any) -> None:
    """A store of proofs that holds none."""
    writer.root[Name("/DSS")] = writer.add_object(generic.DictionaryObject({Name("/Type"): Name("/DSS")}))
    writer.update_root()


def same_again(writer: Any) -> None:
    """The catalogue as it was."""
    writer.update_root()


def rewritten(data: bytes) -> bytes:
    """Opened and saved by another program."""
    made = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(made)
    return made.getvalue()


def _gap(data: bytes) -> tuple[int, int]:
    start = data.index(b"/Contents <") + len(b"/Contents ")
    return start, data.index(b">", start)


def padded(data: bytes) -> bytes:
    """Something hidden in the zeros behind the signature."""
    _, end = _gap(data)
    return data[: end - 8] + b"deadbeef" + data[end:]


def lower_case(data: bytes) -> bytes:
    """One digit of the signature written otherwise."""
    start, end = _gap(data)
    digits = data[start:end]
    place = start + next(at for at, sign in enumerate(digits) if sign in b"ABCDEF")
    return data[:place] + data[place : place + 1].lower() + data[place + 1 :]


def one_bit(data: bytes) -> bytes:
    """One bit of what is signed."""
    place = data.index(b"Isi dokumen") if b"Isi dokumen" in data else 700
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def cut(data: bytes) -> bytes:
    """The end of the file missing."""
    return data[:-200]


BY_INCREMENT = (
    overlay,
    replace_content,
    change_title,
    change_xmp,
    add_note,
    add_signature_field,
    add_text_field,
    new_look_signed,
    new_look_free,
    move_field,
    remove_field,
    remove_signature,
    turn_page,
    twice_the_page,
    add_action,
    add_attachment,
    change_language,
    need_appearances,
    hide_stream,
    hide_chain,
    hide_in_proofs,
    same_again,
)
TAMPERINGS: dict[str, Callable[[bytes], bytes]] = {
    **{change.__name__: appended(change) for change in BY_INCREMENT},
    "appended": lambda data: data + b"tambahan",
    "appended_lines": lambda data: data + b"\n% catatan\n",
    "appended_blank": lambda data: data + b" \x00",
    "rewritten": rewritten,
    "padded": padded,
    "lower_case": lower_case,
    "one_bit": one_bit,
    "cut": cut,
}
