"""What stands in a PDF besides its print: annotations, form fields, commands, attachments, layers."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pipeline.model.message import Message, say
from pipeline.model.particulars import Box
from pipeline.sign.changes import Change, Kind, shortened, where
from pipeline.sign.sheets import Sheet, unreadable

if TYPE_CHECKING:
    import pikepdf

_HIDDEN: Final = 2 | 32
"""Flags of an annotation that nobody sees: Hidden, NoView."""
_DEEPEST: Final = 50
"""Deepest tree of names or chain of commands that is followed."""
_SLACK: Final = 2.0
_HARMLESS: Final = frozenset({"/GoTo", "/URI", "/Named", "/Thread"})
"""Commands of links that only go somewhere; where a link goes is told with the link."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a PDF. Two things with one ``key`` are the same; ``told`` is said of one that was added."""

    kind: Kind
    key: tuple[str, ...]
    told: Message = field(compare=False)
    page: int | None = field(default=None, compare=False)
    box: Box | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Contents:
    """``things`` that must not be added, and where the signature fields are seen."""

    things: tuple[Thing, ...]
    signatures: tuple[Box, ...]


def contents_of(data: bytes, sheets: Sequence[Sheet]) -> Contents:
    """What the PDF ``data`` with the pages ``sheets`` holds. Raises SignatureError when it cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            things = list(_of_document(pdf))
            signatures: list[Box] = []
            for page, sheet in zip(pdf.pages, sheets, strict=False):
                things += _of_page(page.obj, sheet)
                signatures += _signatures(page.obj, sheet)
            return Contents(tuple(things), tuple(signatures))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, AttributeError, RuntimeError) as error:
        raise unreadable(data) from error


def added(before: Contents, after: Contents, allowed: Sequence[Box], sheets: Sequence[Sheet]) -> tuple[Change, ...]:
    """What ``after`` has and ``before`` has not; signatures may be seen within ``allowed`` boxes only."""
    known = Counter(thing.key for thing in before.things)
    changes: list[Change] = []
    files: set[Message] = set()  # one file may be held by the list of names, the document and a page
    for thing in after.things:
        if known[thing.key]:
            known[thing.key] -= 1
            continue
        if thing.kind is Kind.ATTACHMENT:
            if thing.told in files:
                continue
            files.add(thing.told)
        changes.append(Change(thing.kind, thing.told, thing.page, thing.box, added=thing.key[-1]))
    for box in after.signatures:
        if not any(_inside(box, other) for other in allowed):
            place = where(box, sheets[box.page - 1].height, "")
            text = say("Gambar tanda tangan berada di luar kotak yang disediakan ({place}).", place=place)
            changes.append(Change(Kind.FIELD, text, box.page, box))
    return tuple(changes)


def _inside(box: Box, other: Box) -> bool:
    return (
        box.page == other.page
        and box.x >= other.x - _SLACK
        and box.y >= other.y - _SLACK
        and box.x + box.width <= other.x + other.width + _SLACK
        and box.y + box.height <= other.y + other.height + _SLACK
    )


def _of_document(pdf: pikepdf.Pdf) -> Iterator[Thing]:
    root = pdf.Root
    yield from _commands(root.get("/OpenAction"), None)
    yield from _events(root.get("/AA"), None)
    names = _dictionary(root.get("/Names"))
    for value in _leaves(names.get("/JavaScript"), 0):
        yield from _commands(value, None)
    for name, value in _pairs(names.get("/EmbeddedFiles"), 0):
        yield _attachment(name, value)
    for value in _items(root.get("/AF")):
        yield _attachment(_text(_dictionary(value).get("/UF")), value)
    form = _dictionary(root.get("/AcroForm"))
    if "/XFA" in form:
        yield Thing(Kind.FIELD, ("XFA",), say("Formulir XFA ditambahkan; isinya dapat berubah saat dibuka."))
    for group in _items(_dictionary(root.get("/OCProperties")).get("/OCGs")):
        name = _text(_dictionary(group).get("/Name"))
        text = say("Lapisan “{name}” ditambahkan; isinya dapat disembunyikan atau ditampilkan.", name=shortened(name))
        yield Thing(Kind.LAYER, ("OCG", name), text)


def _of_page(page: pikepdf.Object, sheet: Sheet) -> Iterator[Thing]:
    yield from _events(page.get("/AA"), sheet)
    for value in _items(page.get("/AF")):
        yield _attachment(_text(_dictionary(value).get("/UF")), value)
    unit = page.get("/UserUnit")
    if unit is not None and float(unit) != 1:
        text = say("Ukuran satuan halaman {page} diubah menjadi {unit}.", page=sheet.number, unit=str(unit))
        yield Thing(Kind.SIZE, (str(sheet.number), "UserUnit", str(unit)), text, sheet.number)
    for annotation in _items(page.get("/Annots")):
        yield from _of_annotation(_dictionary(annotation), sheet)


def _of_annotation(annotation: Any, sheet: Sheet) -> Iterator[Thing]:
    kind = str(annotation.get("/Subtype", ""))
    box = _box(annotation, sheet)
    yield from _commands(annotation.get("/A"), sheet)
    yield from _events(annotation.get("/AA"), sheet)
    if kind == "/FileAttachment":
        yield _attachment(_text(annotation.get("/Contents")), annotation.get("/FS"), sheet.number)
    if kind == "/Widget" and _inherited(annotation, "/FT") == "/Sig":
        return
    place = where(box, sheet.height, "") if box is not None else say("halaman {page}", page=sheet.number)
    corner = f"{box.x:.0f} {box.y:.0f} {box.width:.0f} {box.height:.0f}" if box is not None else ""
    if kind == "/Link":
        target = _target(annotation)
        shown = shortened(target) if target else say("dokumen ini")
        text = say("Tautan ke {target} ditambahkan ({place}).", target=shown, place=place)
        yield Thing(Kind.ANNOTATION, (str(sheet.number), kind, corner, target), text, sheet.number, box)
    elif kind == "/Widget":
        name = _text(annotation.get("/T") or _dictionary(annotation.get("/Parent")).get("/T"))
        text = say("Isian formulir “{name}” ditambahkan ({place}).", name=shortened(name), place=place)
        yield Thing(Kind.FIELD, (str(sheet.number), kind, corner, name), text, sheet.number, box)
    elif kind != "/Popup":
        said = _text(annotation.get("/Contents"))
        text = say(
            "Anotasi {kind} ditambahkan ({place}): “{said}”.", kind=kind[1:], place=place, said=shortened(said) or "-"
        )
        yield Thing(Kind.ANNOTATION, (str(sheet.number), kind, corner, said), text, sheet.number, box)


def _signatures(page: pikepdf.Object, sheet: Sheet) -> Iterator[Box]:
    """Where the signature fields of a page are seen."""
    for value in _items(page.get("/Annots")):
        annotation = _dictionary(value)
        if annotation.get("/Subtype") != "/Widget" or _inherited(annotation, "/FT") != "/Sig":
            continue
        box = _box(annotation, sheet)
        if box is not None and box.width > 1 and box.height > 1 and not int(annotation.get("/F", 0)) & _HIDDEN:
            yield box


def _events(value: Any, sheet: Sheet | None) -> Iterator[Thing]:
    for command in _dictionary(value).values():
        yield from _commands(command, sheet)


def _commands(value: Any, sheet: Sheet | None, depth: int = 0) -> Iterator[Thing]:
    """A command and those that follow it."""
    command = _dictionary(value)
    kind = str(command.get("/S", ""))
    if kind and kind not in _HARMLESS:
        code = command.get("/JS")
        detail = _script(code) if code is not None else _text(command.get("/F"))
        page = sheet.number if sheet is not None else None
        text = say("Perintah {kind} ditambahkan; ia berjalan saat PDF dibuka atau dibaca.", kind=kind[1:])
        yield Thing(Kind.ACTION, (kind, detail), text, page)
    if depth < _DEEPEST:
        for following in _items(command.get("/Next")):
            yield from _commands(following, sheet, depth + 1)


def _attachment(name: str, value: Any, page: int | None = None) -> Thing:
    """A file inside the PDF, known by its content."""
    streams = _dictionary(_dictionary(value).get("/EF"))
    stream = streams.get("/UF") or streams.get("/F")
    digest = "" if stream is None else _content(stream)
    text = say("Lampiran “{name}” ditambahkan atau diubah.", name=shortened(name) or "-")
    return Thing(Kind.ATTACHMENT, (digest, name), text, page)


def _content(stream: Any) -> str:
    """The hash of what a stream holds; of what stands in the file, where that cannot be unpacked.

    What is no stream at all counts by how it is written.
    """
    import pikepdf

    if not isinstance(stream, pikepdf.Stream):
        return f"? {stream}"
    try:
        return hashlib.sha256(stream.read_bytes()).hexdigest()
    except (pikepdf.PdfError, ValueError, RuntimeError, NotImplementedError):
        return f"? {hashlib.sha256(stream.read_raw_bytes()).hexdigest()}"


def _target(annotation: Any) -> str:
    """The address that a link goes to, "" for one within the document: those are all alike."""
    return _text(_dictionary(annotation.get("/A")).get("/URI"))


def _script(code: Any) -> str:
    import pikepdf

    data = code.read_bytes() if isinstance(code, pikepdf.Stream) else bytes(str(code), "utf-8", "replace")
    return hashlib.sha256(data).hexdigest()


def _box(annotation: Any, sheet: Sheet) -> Box | None:
    corners = [float(number) for number in _items(annotation.get("/Rect"))]
    return sheet.box(corners) if len(corners) == 4 else None


def _inherited(annotation: Any, key: str) -> str:
    for _ in range(_DEEPEST):
        if key in annotation:
            return str(annotation[key])
        annotation = _dictionary(annotation.get("/Parent"))
    return ""


def _leaves(tree: Any, depth: int) -> Iterator[Any]:
    return (value for _, value in _pairs(tree, depth))


def _pairs(tree: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Names and values of a name tree."""
    node = _dictionary(tree)
    flat = list(_items(node.get("/Names")))
    yield from ((_text(name), value) for name, value in zip(flat[::2], flat[1::2], strict=False))
    if depth < _DEEPEST:
        for kid in _items(node.get("/Kids")):
            yield from _pairs(kid, depth + 1)


def _items(value: Any) -> Iterator[Any]:
    """The members of an array; something else counts as an array of itself, nothing as an empty one."""
    import pikepdf

    if isinstance(value, pikepdf.Array):
        yield from value
    elif value is not None:
        yield value


def _dictionary(value: Any) -> Any:
    import pikepdf

    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else pikepdf.Dictionary()


def _text(value: Any) -> str:
    return "" if value is None else str(value)
