"""What ``tertib doctor`` tells of the weight of a template."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.convert.libreoffice import find_soffice
from pipeline.convert.timing import seconds_per_document
from pipeline.errors import TertibError
from pipeline.model.message import Message, joined, say
from pipeline.render.slim import ALL, Step, slim
from pipeline.render.template import Template
from pipeline.render.weight import WORTH_TELLING, Weight, advice, lasting, reasons, weigh
from pipeline.resources import here
from pipeline.run.slim import packed
from pipeline.run.slim_input import read_template
from pipeline.run.slim_samples import kind_of, samples


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a template weighs, in words, and what to do about it; None where it is light."""

    detail: Message
    remedy: Message | None = None


def weighed(path: Path, *, measure: bool = False) -> Weighed | None:
    """The weight of the template at ``path``; None when it cannot be read.

    With ``measure``, what could be saved is measured with LibreOffice instead of estimated, where there is any.
    """
    try:
        data, parts = read_template(path)
        weight = weigh(parts, len(data))
    except (TertibError, etree.XMLSyntaxError):
        return None  # told by whoever looks whether it can be used
    heavy = weight.curable >= WORTH_TELLING or weight.rest >= WORTH_TELLING or bool(weight.fonts)
    if not heavy:
        return Weighed(say("{kb} KB, {n} gaya; ringan", kb=_kilobytes(weight), n=weight.styles))
    told = joined("; ", (*reasons(weight), *lasting(weight)))
    detail = say("{kb} KB, memperlambat LibreOffice: {told}", kb=_kilobytes(weight), told=told)
    if measure:
        detail = say("{detail}. {measured}", detail=detail, measured=_measured(path))
    return Weighed(detail, _remedy(path, weight))


def _remedy(path: Path, weight: Weight) -> Message:
    todo = list(advice(weight))
    if weight.curable >= WORTH_TELLING:
        command = say(
            "Jalankan: tertib template slim {path} (cetakannya tetap sama, berkas lama disimpan)", path=here(path)
        )
        todo.insert(0, command)
    return say("{told}.", told=joined("; ", todo).sentence())


def _measured(path: Path) -> Message:
    """Seconds a document, as it is and lean, of the template and of documents filled with the examples."""
    if find_soffice() is None:
        return say("Tidak diukur: LibreOffice tidak ada")
    try:
        data, parts = read_template(path)
        lean = packed(slim(parts, ALL - {Step.PICTURES}).parts)
        kind = kind_of(Template.load(path))
        before, after = (_seconds(path, each, kind) for each in (data, lean))
    except TertibError as error:
        return say("Tidak terukur: {why}", why=error.message.bare())
    return say(
        "Diukur: {before} milidetik tiap dokumen, {after} sesudah dirampingkan ({ratio} kali)",
        before=round(before * 1000),
        after=round(after * 1000),
        ratio=round(after / before, 2) if before else 1,
    )


def _seconds(path: Path, data: bytes, kind: str) -> float:
    with tempfile.TemporaryDirectory(prefix="tertib-", ignore_cleanup_errors=True) as name:
        files = []
        for number, sample in enumerate(samples(path, data, kind)):
            files.append(Path(name) / f"{number}.docx")
            files[-1].write_bytes(sample.docx)
        return seconds_per_document(files)


def _kilobytes(weight: Weight) -> int:
    return max(1, round(weight.size / 1024))
