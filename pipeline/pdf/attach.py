"""Files inside a PDF, as PDF/A-3 wants them: each associated with the document by a stated relation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.model.particulars import Attachment, Particulars
from pipeline.pdf.xmp import pdf_date

if TYPE_CHECKING:
    import pikepdf


def attach(pdf: pikepdf.Pdf, said: Particulars) -> None:
    """Put the attachments of ``said`` into ``pdf``, in their order, dated as the document. Raises ProofError, OSError.

    Whatever was attached before goes.
    """
    import pikepdf

    _refuse_twins(said.attachments)
    date = "" if said.date is None else pdf_date(said.date)
    specs = {one.name: pdf.make_indirect(_file(pdf, one, date)) for one in said.attachments}
    names = pdf.Root.get("/Names")
    if names is not None and "/EmbeddedFiles" in names:
        del names["/EmbeddedFiles"]
    if "/AF" in pdf.Root:
        del pdf.Root["/AF"]
    if not specs:
        return
    if names is None:
        names = pdf.Root.Names = pikepdf.Dictionary()
    names.EmbeddedFiles = pikepdf.Dictionary(Names=_name_tree(specs))
    pdf.Root.AF = pikepdf.Array(specs.values())


def _refuse_twins(attachments: Sequence[Attachment]) -> None:
    names = [one.name for one in attachments]
    for name in names:
        if names.count(name) > 1:
            raise ProofError(
                say("Dua lampiran di dalam PDF bernama sama, {name}. Ganti nama salah satu berkasnya.", name=name)
            )


def _file(pdf: pikepdf.Pdf, one: Attachment, date: str) -> Any:
    import pikepdf

    data = one.data
    stream = pdf.make_stream(data)
    stream.Type = pikepdf.Name.EmbeddedFile
    stream.Subtype = pikepdf.Name(f"/{one.mime}")
    checksum = hashlib.md5(data, usedforsecurity=False).digest()  # the one hash that PDF knows for this
    stream.Params = pikepdf.Dictionary(Size=len(data), CheckSum=pikepdf.String(checksum))
    if date:
        stream.Params.ModDate = pikepdf.String(date)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        F=pikepdf.String(one.name),
        UF=pikepdf.String(one.name),
        Desc=pikepdf.String(one.description),
        AFRelationship=pikepdf.Name(f"/{one.relation.value}"),
        EF=pikepdf.Dictionary(F=stream, UF=stream),
    )


def _name_tree(specs: dict[str, Any]) -> Any:
    """The pairs of a name tree, in the order of the bytes of its names as readers look them up."""
    import pikepdf

    keyed = sorted((bytes(pikepdf.String(name)), name) for name in specs)
    pairs = [(pikepdf.String(key), specs[name]) for key, name in keyed]
    return pikepdf.Array([part for pair in pairs for part in pair])
