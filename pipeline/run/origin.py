"""What a PDF carries with it: ``asal.json``, which says what it was made from, and the files themselves.

``asal.json`` is a pure function of the inputs, the template, the program, LibreOffice and the DOCX: no clock, no
findings, no absolute path. With the files beside it the document can be made again (``pipeline.run.rebuild``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import pipeline
from pipeline.convert.libreoffice import find_soffice
from pipeline.model.finding import Finding, Place, Stage
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.office import Office
from pipeline.model.particulars import Attachment, Particulars, Relation, Signer
from pipeline.model.recess import RecessInput
from pipeline.model.result import DocumentResult, RunResult
from pipeline.render.signing import signing_fields
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.canonical import file_digest, fingerprint
from pipeline.run.finishing import ORIGIN
from pipeline.run.state import converter_id

if TYPE_CHECKING:
    from pipeline.run.recess_plan import Document

__all__ = [
    "ORIGIN",
    "asal",
    "fingerprint",
    "origin_of_recess",
    "origin_of_sop",
    "particulars_of_recess",
    "particulars_of_sop",
]

FINDINGS: Final = "temuan.json"
_RESERVED: Final = (ORIGIN, FINDINGS)
SCHEMA: Final = 1
SOP: Final = "sop"
RECESS: Final = "reses"
MOST_BYTES: Final = 32 * 1024 * 1024
"""Inputs that a PDF carries, all together; 100,000 needs are some 19 MB. Beyond, the largest stay outside."""

_MIMES: Final = {
    ".yaml": "application/yaml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
_TEXTS: Final = frozenset({".yaml", ".csv", ".xlsx", ".xlsm"})
"""Endings of the inputs of a recess that are carried; pictures are not."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file to carry: its name inside the PDF, and its place from the folder in which it is laid out again."""

    name: str
    place: str
    path: Path
    sha256: str


def particulars_of_sop(
    item: SopInput, template: Template, findings: Sequence[Finding], result: DocumentResult | None, docx: Path
) -> Particulars:
    """What the PDF of an SOP says and carries; ``docx`` is what it is made from, under its own name.

    ``item`` has the stage that is printed. Raises OSError for an input that has gone meanwhile.
    """
    sop, office = item.sop, item.office.office
    if sop is None:
        raise ValueError("an unreadable input has no document")
    said = Particulars(
        document=item.id,
        title=sop.title or item.id.rpartition("/")[2],
        author=author_of(office),
        subject=" – ".join(part for part in ("Standar Operasional Prosedur", sop.number) if part),
        keywords=tuple(part for part in ("SOP", sop.number, office.unit, office.region) if part),
        date=sop.date,
        signers=signers_of_sop(item, signing_fields(template)),
    )
    return replace(said, attachments=origin_of_sop(said, item, template.path, findings, result, docx))


def origin_of_sop(
    said: Particulars,
    item: SopInput,
    template: Path,
    findings: Sequence[Finding],
    result: DocumentResult | None,
    docx: Path,
) -> tuple[Attachment, ...]:
    """Everything the PDF of an SOP carries: ``asal.json``, its inputs, the findings on it (when ``result`` is given),
    its DOCX, and the template where it is the office's own. Raises OSError for an input that has gone meanwhile."""
    sop, office = item.sop, item.office.office
    if sop is None:
        raise ValueError("an unreadable input has no document")
    sources = [*item.sources, *_office_files(item.office)]
    files, left = _files(sources, {docx.name, *_RESERVED}, office, {**item.office.digests, **item.digests})
    facts = {"jenis": SOP, "nomor": sop.number, "tahap": sop.stage.value}
    facts["sidik"] = fingerprint(sop, office, template)
    own = _own_template(template, {file.name for file in files} | {docx.name})
    origin = asal(said, facts, template, own, files, left, docx)
    told = {} if result is None else {FINDINGS: _json_bytes(_findings(findings, result, office))}
    return attachments_of(origin, {**_contents(origin, files, docx, template), **told})


def particulars_of_recess(
    item: RecessInput, id_: str, document: Document, docx: Path, *, inputs_from: Path | None = None
) -> Particulars:
    """What the PDF of a document of a recess says and carries (see ``origin_of_recess``); ``id_`` is its id."""
    recess, office = item.recess, item.office.office
    fields = signing_fields(document.template())
    final = recess is not None and recess.stage is Stage.FINAL
    said = Particulars(
        document=id_,
        title=document.title,
        author=author_of(office),
        subject="Laporan reses",
        keywords=tuple(part for part in ("reses", office.unit, office.region) if part),
        date=recess.reported if recess is not None else None,
        signers=tuple(plain(signer) for signer in document.signers if final and signer.field in fields),
    )
    return replace(said, attachments=origin_of_recess(said, item, document, docx, inputs_from=inputs_from))


def origin_of_recess(
    said: Particulars, item: RecessInput, document: Document, docx: Path, *, inputs_from: Path | None = None
) -> tuple[Attachment, ...]:
    """What the PDF of a document of a recess carries: ``asal.json`` and the DOCX.

    With ``inputs_from``, the working folder (only for the recapitulation of the office's own edition), also everything
    the recess was read from but pictures, laid out from that folder. Raises OSError for an input that has gone
    meanwhile.
    """
    recess, office = item.recess, item.office.office
    template = document.template().path
    files: list[_File] = []
    left = [{"jalur": "masukan reses", "alasan": "dibawa rekapitulasi.pdf edisi kantor"}]
    if inputs_from is not None:
        sources = [*item.sources, *_office_files(item.office), *item.history.sources]
        names = {docx.name, *_RESERVED}
        files, left = _files(sources, names, office, item.office.digests, root=inputs_from, only=_TEXTS)
    own = _own_template(template, {file.name for file in files} | {docx.name})
    stage = recess.stage if recess is not None else Stage.DRAFT
    facts = {"jenis": RECESS, "nomor": document.number, "tahap": stage.value, "sidik": document.fingerprint()}
    origin = asal(said, facts, template, own, files, left, docx)
    return attachments_of(origin, _contents(origin, files, docx, template))


def author_of(office: Office) -> str:
    """The office as the author of its documents: "Sekretariat DPRD Kabupaten Contoh"."""
    return office.unit if office.region in office.unit else f"{office.unit} {office.region}".strip()


SIGNER_OF_SOP: Final = "ttdpengesah"


def signers_of_sop(item: SopInput, fields: frozenset[str]) -> tuple[Signer, ...]:
    """Who is to sign: nobody before the last stage, nor where the template has no place for it."""
    sop = item.sop
    if sop is None or sop.stage is not Stage.FINAL or sop.signer is None or SIGNER_OF_SOP not in fields:
        return ()
    position = f"{sop.signer.capacity} {sop.signer.position}".strip()
    return (plain(Signer(SIGNER_OF_SOP, sop.signer.name, position, sop.signer.nip)),)


def plain(signer: Signer) -> Signer:
    """``signer`` with a NIP of digits alone, as signing services know them."""
    nip = re.sub(r"[\s.]", "", signer.nip)
    return replace(signer, nip=nip if nip.isdigit() else signer.nip)


def asal(
    said: Particulars,
    facts: Mapping[str, object],
    template: Path,
    own: str,
    files: Sequence[_File],
    left: Sequence[Mapping[str, str]],
    docx: Path,
) -> dict[str, Any]:
    """``asal.json``. ``own`` is the name under which the template is carried, "" for that of the program."""
    return {
        "skema": SCHEMA,
        "dokumen": said.document,
        "judul": said.title,
        **facts,
        "pdf": {
            "penulis": said.author,
            "perihal": said.subject,
            "kata_kunci": list(said.keywords),
            "tanggal": said.date.isoformat() if said.date else "",
            "penanda_tangan": [
                {"medan": one.field, "nama": one.name, "jabatan": one.position, "nip": one.nip} for one in said.signers
            ],
        },
        "program": {"nama": "tertib", "versi": pipeline.__version__, "libreoffice": libreoffice()},
        "templat": {"nama": template.name, "sha256": file_digest(template), "bawaan": not own, "berkas": own},
        "masukan": [{"berkas": file.name, "jalur": file.place, "sha256": file.sha256} for file in files],
        "tidak_dibawa": list(left),
        "docx": {"berkas": docx.name, "sha256": file_digest(docx)},
    }


def libreoffice() -> str:
    """What identifies the build of LibreOffice here, "" without one. Nothing is started."""
    program = find_soffice()
    return converter_id(program).partition(", ")[2] if program is not None else ""


def is_packaged(template: Path) -> bool:
    """Is ``template`` one that ships with the program, or a copy of it? Raises OSError."""
    shipped = packaged_templates() / template.name
    return shipped.is_file() and file_digest(shipped) == file_digest(template)


def _own_template(template: Path, taken: set[str]) -> str:
    return "" if is_packaged(template) else _unique(f"templat-{template.name}", PurePosixPath(template.name), taken)


def _office_files(item: OfficeInput) -> list[Path]:
    logo = item.office.logo
    return [*item.sources, *([] if logo is None else [logo])]


def _files(
    sources: Iterable[Path],
    taken: set[str],
    office: Office,
    digests: Mapping[Path, str],
    *,
    root: Path | None = None,
    only: frozenset[str] | None = None,
) -> tuple[list[_File], list[dict[str, str]]]:
    """The files to carry, and what is not carried with the reason. ``only`` are the endings that are."""
    names = set(taken)
    files: list[_File] = []
    left: list[dict[str, str]] = []
    logo = office.logo
    for path in dict.fromkeys(sources):
        place = _place(path, office, root)
        if only is not None and path.suffix.lower() not in only and path != logo:
            left.append({"jalur": place or path.name, "alasan": "gambar"})
        elif place is None:
            left.append({"jalur": path.name, "alasan": "di luar folder kantor"})
        else:
            name = _unique(path.name, PurePosixPath(place), names)
            names.add(name)
            files.append(_File(name, place, path, digests.get(path) or file_digest(path)))
    return _bounded(files, left)


def _bounded(files: list[_File], left: list[dict[str, str]]) -> tuple[list[_File], list[dict[str, str]]]:
    """Leave out the largest files until all together are within ``MOST_BYTES``."""
    sizes = {file.name: file.path.stat().st_size for file in files}
    for file in sorted(files, key=lambda file: (-sizes[file.name], file.name)):
        if sum(sizes.values()) <= MOST_BYTES:
            break
        del sizes[file.name]
        left.append({"jalur": file.place, "alasan": "terlalu besar"})
    return [file for file in files if file.name in sizes], left


def _place(path: Path, office: Office, root: Path | None) -> str | None:
    """Where a file is laid out again, with ``/``; None when it lies outside."""
    if root is not None:
        full = path if path.is_absolute() else root / path
        if full.is_relative_to(root) and ".." not in full.parts:
            return full.relative_to(root).as_posix()
    if path.is_relative_to(office.folder) and ".." not in path.relative_to(office.folder).parts:
        return f"{office.id}/{path.relative_to(office.folder).as_posix()}"
    return None


def _unique(name: str, place: PurePosixPath, taken: set[str]) -> str:
    """``name``, with names of its folders before it where it is taken; upper and lower case are one to Windows."""
    known = {each.casefold() for each in taken}
    for folder in reversed(place.parent.parts):
        if name.casefold() not in known:
            break
        name = f"{folder}-{name}"
    number = 2
    whole = name
    while name.casefold() in known:
        name = f"{number}-{whole}"
        number += 1
    return name


def _json_bytes(value: Mapping[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _contents(origin: Mapping[str, Any], files: Sequence[_File], docx: Path, template: Path) -> dict[str, bytes | Path]:
    contents: dict[str, bytes | Path] = {ORIGIN: _json_bytes(origin), docx.name: docx}
    own = origin["templat"]["berkas"]
    return {**contents, **{file.name: file.path for file in files}, **({own: template} if own else {})}


def attachments_of(origin: Mapping[str, Any], contents: Mapping[str, bytes | Path]) -> tuple[Attachment, ...]:
    """What ``asal.json`` (``origin``) names, in the order of the PDF, with the ``contents`` by name."""
    inputs = origin["masukan"]
    docx, template = origin["docx"]["berkas"], origin["templat"]["berkas"]
    made = [(ORIGIN, Relation.SUPPLEMENT, "Asal dokumen: dari apa dan dengan apa dibuat")]
    made += [(one["berkas"], _relation(one, origin), f"Masukan: {one['jalur']}") for one in inputs]
    if FINDINGS in contents:
        made.append((FINDINGS, Relation.SUPPLEMENT, "Temuan pemeriksaan atas dokumen ini"))
    made.append((docx, Relation.SOURCE, "Dokumen Word yang menjadi PDF ini"))
    if template:
        made.append((template, Relation.SOURCE, "Templat kantor yang dipakai"))
    return tuple(Attachment(name, contents[name], _mime(name), relation, text) for name, relation, text in made)


def _relation(one: Mapping[str, str], origin: Mapping[str, Any]) -> Relation:
    """The file that is the document itself, and those beside it for a recess, are its source; registers are data."""
    first = PurePosixPath(origin["masukan"][0]["jalur"])
    place = PurePosixPath(one["jalur"])
    beside = origin["jenis"] == RECESS and place.parent == first.parent
    return Relation.SOURCE if place == first or beside else Relation.DATA


def _mime(name: str) -> str:
    return _MIMES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def _findings(findings: Sequence[Finding], result: DocumentResult, office: Office) -> dict[str, Any]:
    """The report on this document alone, in the schema of ``temuan.json``, places told from the office's folder."""
    from pipeline.report import json_report

    told = tuple(_placed(finding, office) for finding in findings if finding.document == result.id)
    report = RunResult(told, (replace(result, outputs=()),))
    return json_report.as_data(report, lang="id", version=pipeline.__version__)


def _placed(finding: Finding, office: Office) -> Finding:
    related = tuple(replace(other, place=_from_office(other.place, office)) for other in finding.related)
    accepts = tuple(_placed(other, office) for other in finding.accepts)
    return replace(finding, place=_from_office(finding.place, office), related=related, accepts=accepts)


def _from_office(place: Place, office: Office) -> Place:
    marked = f"/{office.id}/"
    _, found, below = f"/{place.file}".rpartition(marked)
    return replace(place, file=f"{office.id}/{below}" if found else PurePosixPath(place.file).name)
