"""What follows a signature in its file.

PDF allows appending to a signed file, and readers call a signature valid whatever was appended. Here only three things
may follow: further signatures in fields that are signed, timestamps, and proofs of validity (DSS). That is told by
pyHanko's comparison of revisions without its rule for filled forms, and by comparing what it lets pass: the metadata,
the widgets, and the bytes between and behind the revisions. Every revision must bring one of the three
(``pipeline.sign.revisions``), and nothing that is not reached through them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from pipeline.model.message import Message, listed, say
from pipeline.sign.between import has_foreign_bytes
from pipeline.sign.reading import fields_in
from pipeline.sign.revisions import has_idle_revision

_VOLATILE_INFO = frozenset({"/Producer", "/ModDate", "/Creator", "/Trapped"})
_VOLATILE_XMP = ("ModifyDate", "MetadataDate", "Producer", "CreatorTool", "InstanceID", "schemas", "History")
_GET_ORIGINAL = say("Pakai berkas asli dari penanda tangan atau layanan tanda tangan, bukan salinan ini.")


@dataclass(frozen=True, slots=True)
class Later:
    """``whole``: nothing unsigned follows the signature. ``faults`` say what was done."""

    whole: bool
    faults: tuple[Message, ...] = ()


def later_than(data: bytes, signature: Any, intact_fields: frozenset[str]) -> Later:
    """What follows ``signature`` (pyHanko's) in ``data``. ``intact_fields``: fields whose signature is intact."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    gap = gap_faults(data, signature)
    if gap:
        return Later(False, gap)
    signature.compute_integrity_info(skip_diff=True)
    if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Later(True)
    if signature.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return Later(False, (_tell(_NOT_WHOLE),))
    faults = tuple(_faults(data, signature, intact_fields))
    return Later(not faults, faults)


_NOT_WHOLE = say("tanda tangan ini hanya mencakup sebagian berkas, jadi sisanya dapat diubah tanpa ketahuan")


def _tell(what: Message) -> Message:
    return say("{what}. {do}", what=what.sentence(), do=_GET_ORIGINAL)


def gap_faults(data: bytes, signature: Any) -> tuple[Message, ...]:
    """The only bytes a signature leaves out are its own, as hexadecimal digits of one case, filled up with zeros."""
    parts = [int(number) for number in signature.byte_range]
    if len(parts) != 4 or parts[0] != 0 or min(parts) < 0:
        return (_tell(_NOT_WHOLE),)
    start, end = parts[1], parts[2]
    gap = data[start:end]
    if parts[2] + parts[3] > len(data) or end <= start:
        return (_tell(say("berkasnya terpotong: sebagian yang ditandatangani tidak ada lagi")),)
    digits = gap[1:-1]
    if gap[:1] != b"<" or gap[-1:] != b">" or not re.fullmatch(rb"[0-9a-f]*|[0-9A-F]*", digits):
        return (_tell(_GAP),)
    content = bytes.fromhex(digits.decode("ascii") + "0" * (len(digits) % 2))
    length = _der_length(content)
    whole = _is_filled(content, length) and not content[length:].strip(b"\0")
    if content != signature.pkcs7_content or not whole:
        return (_tell(_GAP),)
    return ()


_GAP = say("data tanda tangannya sendiri diubah atau disisipi sesuatu")


def _der_length(content: bytes) -> int:
    """Length of the DER value at the start of ``content``, 0 when there is none; of indefinite length: to the end."""
    if len(content) < 2:
        return 0
    size = content[1]
    if size == _INDEFINITE:
        return len(content)
    if size < _INDEFINITE:
        return 2 + size
    count = size & 0x7F
    return 2 + count + int.from_bytes(content[2 : 2 + count], "big") if 0 < count <= 4 else 0


_INDEFINITE = 0x80
_SEQUENCE = 0x30


def _is_filled(content: bytes, length: int) -> bool:
    """Do the two parts of a CMS ContentInfo (what it is, and that) fill it to its end?"""
    if not content or content[0] != _SEQUENCE or not length:
        return False
    if content[1] == _INDEFINITE:
        return True
    first = 2 + (content[1] & 0x7F if content[1] > _INDEFINITE else 0)
    second = first + _der_length(content[first:])
    return second + _der_length(content[second:]) == length


def _faults(data: bytes, signature: Any, intact_fields: frozenset[str]) -> Iterator[Message]:
    end = int(signature.byte_range[2]) + int(signature.byte_range[3])
    if signature.signed_revision + 1 >= signature.reader.xrefs.total_revisions:
        yield _tell(say("ada {count} byte asing di belakang akhir PDF sesudah ditandatangani", count=len(data) - end))
        return
    if re.search(rb"startxref\s+\d+\s+%%EOF[\r\n]*\Z", data[-1024:]) is None:
        yield _tell(say("ada data asing di belakang akhir PDF"))
    elif _has_foreign_bytes(data, end, signature.reader):
        yield _tell(say("di antara yang ditambahkan sesudah ditandatangani ada data asing yang bukan bagian PDF"))
    suspicions = (_is_suspicious(signature), _is_idle(signature, intact_fields))
    seen = tuple(_seen_differences(data[:end], data, intact_fields))
    yield from map(_tell, seen)
    if True in suspicions and not seen:
        yield _tell(say("sesudah ditandatangani, berkas ini diubah dengan cara yang bukan tanda tangan lanjutan"))
    elif None in suspicions:
        yield _tell(say("yang ditambahkan sesudah ditandatangani tidak dapat dibaca, jadi tidak dapat diverifikasi"))


def _has_foreign_bytes(data: bytes, end: int, reader: Any) -> bool:
    try:
        return has_foreign_bytes(data, end, reader)
    except Exception:  # noqa: BLE001 - tables of strangers; what they name cannot be told from what they do not
        return True


def _is_suspicious(signature: Any) -> bool | None:
    """Does a later revision change what it may not? None where the revisions cannot be compared."""
    from pyhanko.sign.diff_analysis import DiffResult

    try:
        result = signature.evaluate_modifications(_policy())
    except Exception:  # noqa: BLE001 - pyHanko follows the links of strangers; what it cannot compare is told below
        return None
    if not isinstance(result, DiffResult):
        return True
    # Who certifies a document says what may be done to it afterwards.
    allowed = signature.docmdp_level
    return allowed is not None and result.modification_level.value > allowed.value


def _is_idle(signature: Any, intact_fields: frozenset[str]) -> bool | None:
    """Is there a later revision that a signed file does not need? None where that cannot be read."""
    try:
        return has_idle_revision(signature.reader, signature.signed_revision, intact_fields)
    except Exception:  # noqa: BLE001 - as above
        return None


@cache
def _policy() -> Any:
    """pyHanko's standard policy without filled form fields, and without objects that nothing points at."""
    from pyhanko.sign import diff_analysis

    rules: Any = diff_analysis  # its rules are not typed
    allowed = (
        rules.DocInfoRule,
        rules.XrefStreamRule,
        rules.ObjectStreamRule,
        rules.DSSCompareRule,
        rules.MetadataUpdateRule,
    )
    return rules.StandardDiffPolicy(
        global_rules=[
            rules.CatalogModificationRule(),
            *(rule().as_qualified(rules.ModificationLevel.LTA_UPDATES) for rule in allowed),
        ],
        form_rule=rules.FormUpdatingRule(
            field_rules=[rules.SigFieldCreationRule(), _tagged_rule(rules.SigFieldModificationRule)()]
        ),
        ignore_orphaned_objects=False,
    )


def _tagged_rule(base: Any) -> Any:
    """The rule for signature fields, knowing that the tags of an accessible PDF point at its fields as well.

    Without that, every second signature on a tagged PDF would count as a change of the tags.
    """
    from pyhanko.sign.diff_analysis.form_rules_api import FormUpdate
    from pyhanko.sign.diff_analysis.rules_api import Context

    class TaggedFieldRule(base):  # type: ignore[misc]
        """Allows what ``base`` allows, also where the tags point at the field."""

        def check_form_field(self, fq_name: str, spec: Any, context: Any) -> Iterator[tuple[Any, Any]]:
            """What may be changed of one field."""
            for level, update in super().check_form_field(fq_name, spec, context):
                yield level, update
                if update.updated_ref == spec.new_field_ref:
                    for path in context.old._get_usages_of_ref(update.updated_ref):
                        if tuple(path)[:2] == ("/Root", "/StructTreeRoot"):
                            yield (
                                level,
                                FormUpdate(
                                    updated_ref=update.updated_ref,
                                    field_name=fq_name,
                                    valid_when_locked=update.valid_when_locked,
                                    context_checked=Context.from_absolute(context.old, path),
                                ),
                            )

    return TaggedFieldRule


def _seen_differences(signed: bytes, final: bytes, intact_fields: frozenset[str]) -> Iterator[Message]:
    """What differs between the signed revision and the file, in words."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(signed)) as old, pikepdf.open(BytesIO(final)) as new:
            yield from _metadata_faults(old, new)
            yield from _page_faults(old, new)
            yield from _field_faults(old, new, intact_fields)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        yield say("naskah yang ditandatangani tidak dapat dibaca lagi untuk dibandingkan")


def _metadata_faults(old: Any, new: Any) -> Iterator[Message]:
    before, after = _told_of(old), _told_of(new)
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if changed:
        yield say("keterangan PDF ({what}) diubah sesudah ditandatangani", what=listed(changed))
    if _settings(old) != _settings(new):
        yield say("setelan PDF (bahasa atau tampilan) diubah sesudah ditandatangani")


def _settings(pdf: Any) -> tuple[object, ...]:
    """What tells readers how to show a PDF and its form."""
    form = pdf.Root.get("/AcroForm", {})
    shown = {key: str(form[key]) for key in sorted(form.keys()) if key not in ("/Fields", "/SigFlags")}
    return (str(pdf.Root.get("/Lang", "")), str(pdf.Root.get("/PageMode", "")), str(shown))


def _told_of(pdf: Any) -> dict[str, str]:
    """What a PDF says of itself, but for the marks of the programs that wrote it."""
    info = {str(key).strip("/"): str(value) for key, value in pdf.docinfo.items() if str(key) not in _VOLATILE_INFO}
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        told = {key: str(value) for key, value in xmp.items()}
    return info | {_short(key): value for key, value in told.items() if not key.endswith(_VOLATILE_XMP)}


_SPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
}


def _short(key: str) -> str:
    """``{http://purl.org/dc/elements/1.1/}title`` as ``dc:title``."""
    space, _, name = key.removeprefix("{").rpartition("}")
    return f"{_SPACES.get(space, space)}:{name}" if space else name


def _page_faults(old: Any, new: Any) -> Iterator[Message]:
    if len(old.pages) != len(new.pages):
        yield say(
            "jumlah halaman berubah dari {before} menjadi {after} sesudah ditandatangani",
            before=len(old.pages),
            after=len(new.pages),
        )
        return
    changed = [
        str(number)
        for number, (before, after) in enumerate(zip(old.pages, new.pages, strict=True), 1)
        if _page_key(before) != _page_key(after)
    ]
    if changed:
        yield say("isi halaman {pages} diubah atau ditutupi sesudah ditandatangani", pages=listed(changed))


def _page_key(page: Any) -> tuple[object, ...]:
    """What is seen of a page, but for its annotations."""
    import pikepdf

    boxes = tuple(str(page.obj.get(key, "")) for key in ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit"))
    resources = page.obj.get("/Resources")
    contents = page.obj.get("/Contents", [])
    parts = list(contents) if isinstance(contents, pikepdf.Array | list) else [contents]
    drawn = tuple(part.read_raw_bytes() for part in parts)
    return (*boxes, drawn, b"" if resources is None else resources.unparse(resolved=True))


def _field_faults(old: Any, new: Any, intact_fields: frozenset[str]) -> Iterator[Message]:
    before = {field.name: field for field in fields_in(old)}
    looks = _looks(old)
    for name, look in _looks(new).items():
        kept = before.get(name)
        if kept is None and name not in intact_fields:
            yield say("isian {name} ditambahkan sesudah ditandatangani, tanpa tanda tangan yang sah", name=name)
        elif kept is not None and look != looks[name] and (kept.signed or name not in intact_fields):
            yield say("isian tanda tangan {name} diganti rupanya sesudah ditandatangani", name=name)
    after = {field.name: field for field in fields_in(new)}
    moved = [name for name in before if name not in after or after[name].box != before[name].box]
    if moved:
        yield say("isian tanda tangan {name} dipindahkan atau dihapus sesudah ditandatangani", name=listed(moved))
    for number, fault in enumerate(_annotation_faults(old, new), 1):
        if fault:
            yield say("catatan atau isian di halaman {page} ditambah atau dihapus sesudah ditandatangani", page=number)


def _annotation_faults(old: Any, new: Any) -> Iterator[bool]:
    """For each page: is an annotation gone, or is there a new one that is no signature field?"""
    for before, after in zip(old.pages, new.pages, strict=False):
        known = {item.objgen for item in before.obj.get("/Annots", [])}
        there = {item.objgen: item for item in after.obj.get("/Annots", [])}
        yield bool(known - there.keys()) or any(
            _field_type(item) != "/Sig" for key, item in there.items() if key not in known
        )


def _field_type(widget: Any) -> str:
    above = widget.get("/Parent")
    return str(widget.get("/FT", "" if above is None else above.get("/FT", "")))


def _looks(pdf: Any) -> dict[str, tuple[bytes, str, str]]:
    """What the form fields look like and say, by name."""
    form = pdf.Root.get("/AcroForm")
    looks = {}
    for field in [] if form is None else form.get("/Fields", []):
        drawn = field.get("/AP", {}).get("/N")
        raw = drawn.read_raw_bytes() if drawn is not None and hasattr(drawn, "read_raw_bytes") else b""
        looks[str(field.get("/T", ""))] = (raw, str(field.get("/F", "")), str(field.get("/TU", "")))
    return looks
