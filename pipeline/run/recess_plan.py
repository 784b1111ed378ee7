"""What documents a recess makes: for each its name, what it shows, and how it is rendered when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from pipeline.model.finding import Stage
from pipeline.model.message import Message
from pipeline.model.money import rupiah
from pipeline.model.particulars import Signer
from pipeline.model.recap import Dimension, GroupReport, MemberReport, Need, Recap, Tally, Volume
from pipeline.model.recess import Proposal, Recess, RecessInput
from pipeline.recess.groups import group_reports, tally_of
from pipeline.recess.members import member_reports
from pipeline.recess.volumes import volumes_of
from pipeline.run.canonical import document_fingerprint, recess_fingerprint
from pipeline.run.recess_check import recess_number, recess_title
from pipeline.run.recess_edition import PUBLIC_FOLDER
from pipeline.run.recess_names import group_names, member_names

if TYPE_CHECKING:
    from pipeline.model.office import Office
    from pipeline.render.qr import Code
    from pipeline.render.template import Template

MEMBER_FOLDER = "anggota"
RECAP_NAME = "rekapitulasi"
GROUP_FOLDERS: Mapping[str, Dimension] = {
    "dapil": Dimension.DISTRICT,
    "fraksi": Dimension.FRACTION,
    "komisi": Dimension.COMMISSION,
}
SIGNER = "ttd1"
"""Name of the signature field of these documents: each has one signer."""
_PROVED_NEEDS = 5_000
"""Up to so many needs the text of each is looked for in the PDF; beyond, only titles and totals."""

Shelf = Callable[[str, "Office"], "Template"]
"""Gives a template by its name for an office; raises TemplateError."""
Told = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Document:
    """A DOCX to make. ``name`` is its path below the folder of the recess without suffix.

    ``make`` renders it (raises TemplateError) and tells its argument what could not be printed; ``given`` are the
    texts of the input that it prints, ``promised`` those that must be readable in its PDF. ``template`` gives the
    template, ``signers`` are who is to sign it in the end, and ``fingerprint`` gives the
    hash of the values it is made from (``pipeline.run.canonical``), "" before the last stage; both raise TemplateError.
    """

    name: str
    title: str
    template: Callable[[], Template] = field(repr=False)
    make: Callable[[Told], bytes] = field(repr=False)
    given: Callable[[], Iterable[str]] = field(repr=False)
    promised: tuple[str, ...] = field(default=(), repr=False)
    number: str = ""
    signers: tuple[Signer, ...] = ()
    fingerprint: Callable[[], str] = field(default=str, repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """The documents of a recess, and where what is printed, also in those that were not asked for this time.

    ``members`` maps the id of a member, ``groups`` the label of a group, to the name of the report. ``inventory`` maps
    the number of a need to the annex volume of the plenary's document that lists it; it is empty without volumes.
    """

    documents: tuple[Document, ...]
    members: Mapping[str, str]
    groups: Mapping[Dimension, Mapping[str, str]]
    inventory: Mapping[int, str]


def plan(item: RecessInput, whole: Recap, shelf: Shelf, *, only: frozenset[str], public: bool) -> Plan:
    """The documents of ``item``; ``only`` limits them to these kinds (``run.settings.RECESS_PARTS``, empty: all)."""
    values = recess_fingerprint(item) if item.recess is not None and item.recess.stage is Stage.FINAL else ""
    maker = _Maker(item, whole, shelf, public, values)
    documents: list[Document] = []
    reports = member_reports(whole)
    stems = member_names([(report.member.id, report.member.name) for report in reports])
    members = {report.member.id: f"{MEMBER_FOLDER}/{stem}" for report, stem in zip(reports, stems, strict=True)}
    if not only or MEMBER_FOLDER in only:
        documents += (maker.member(report, members[report.member.id]) for report in reports)
    groups: dict[Dimension, Mapping[str, str]] = {}
    for folder, dimension in GROUP_FOLDERS.items():
        found = group_reports(whole, dimension)
        names = group_names(report.label for report in found)
        groups[dimension] = {report.label: f"{folder}/{name}" for report, name in zip(found, names, strict=True)}
        if not only or folder in only:
            for report, name in zip(found, names, strict=True):
                documents += maker.group(report, folder, name)
    volumes = volumes_of(whole.districts, stem=RECAP_NAME)
    if not only or RECAP_NAME in only:
        documents += maker.plenary(volumes)
    inventory = {need.number: volume.stem for volume in volumes for need in _needs_of(volume)}
    return Plan(tuple(documents), members, groups, inventory)


@dataclass(frozen=True, slots=True)
class _Maker:
    item: RecessInput
    whole: Recap
    shelf: Shelf
    public: bool
    values: str
    """``recess_fingerprint`` of ``item``, "" before the last stage."""

    def member(self, report: MemberReport, name: str) -> Document:
        from pipeline.render.recess_member import MEMBER_TEMPLATE, render_member
        from pipeline.render.recess_words import member_position

        template = partial(self.template, MEMBER_TEMPLATE)
        made_from = partial(self.fingerprint, name, template)

        def make(told: Told) -> bytes:
            code = self.code(name, made_from())
            return render_member(template(), self.item, report, public=self.public, told=told, code=code)

        return Document(
            name,
            f"Laporan Hasil Reses – {report.member.name}",
            template,
            make,
            partial(_texts, report.proposals),
            _promised(report.member.name, [report.total.recorded_heard_amount], report.proposals),
            signers=(Signer(SIGNER, report.member.name, member_position(report.member)),),
            fingerprint=made_from,
        )

    def group(self, report: GroupReport, folder: str, name: str) -> Iterator[Document]:
        from pipeline.render.recess_group import GROUP_TEMPLATE, group_signer, render_group

        volumes = volumes_of(report.fields, stem=name, tally=tally_of(self.whole, report))
        title = f"Laporan Hasil Reses – {report.label}"
        shown = () if volumes else _leads(report.needs)

        template = partial(self.template, GROUP_TEMPLATE)
        made_from = partial(self.fingerprint, f"{folder}/{name}", template)

        def make(_: Told) -> bytes:
            code = self.code(f"{folder}/{name}", made_from())
            return render_group(template(), self.item, report, public=self.public, volumes=volumes, code=code)

        yield Document(
            f"{folder}/{name}",
            title,
            template,
            make,
            partial(_of_needs, report.needs),
            _promised("", [report.total.recorded_amount], shown),
            signers=(Signer(SIGNER, "", group_signer(report)),),
            fingerprint=made_from,
        )
        yield from self.volumes(report, volumes, f"{folder}/", title)

    def plenary(self, volumes: Sequence[Volume]) -> Iterator[Document]:
        from pipeline.render.recess_plenary import RECAP_TEMPLATE, render_recap

        title = recess_title(self.whole.recess)
        shown = () if volumes else _leads(self.whole.needs)

        template = partial(self.template, RECAP_TEMPLATE)
        made_from = partial(self.fingerprint, RECAP_NAME, template)

        def make(_: Told) -> bytes:
            code = self.code(RECAP_NAME, made_from())
            return render_recap(template(), self.item, self.whole, public=self.public, volumes=volumes, code=code)

        yield Document(
            RECAP_NAME,
            title,
            template,
            make,
            partial(_texts, self.whole.recess.proposals),
            _promised("", [tally.recorded_amount for tally in _printed(self.whole)], shown),
            recess_number(self.whole.recess),
            _signers(self.whole.recess, public=self.public),
            made_from,
        )
        yield from self.volumes(self.whole, volumes, "", title)

    def volumes(
        self, whole: Recap | GroupReport, volumes: Sequence[Volume], folder: str, title: str
    ) -> Iterator[Document]:
        from pipeline.render.recess_volume import VOLUME_TEMPLATE

        template = partial(self.template, VOLUME_TEMPLATE)
        for volume in volumes:
            needs = _needs_of(volume)
            name = f"{folder}{volume.stem}"
            yield Document(
                name,
                f"{title} – Lampiran {volume.number}",
                template,
                partial(self.volume, whole, volume),
                partial(_of_needs, needs),
                _promised("", [volume.tally.recorded_amount], _leads(needs)),
                fingerprint=partial(self.fingerprint, name, template),
            )

    def volume(self, whole: Recap | GroupReport, volume: Volume, _: Told) -> bytes:
        from pipeline.render.recess_volume import VOLUME_TEMPLATE, render_volume

        return render_volume(self.template(VOLUME_TEMPLATE), self.item, whole, volume, public=self.public)

    def fingerprint(self, name: str, template: Callable[[], Template]) -> str:
        """The hash for one document. Raises TemplateError."""
        return document_fingerprint(self.values, self.id(name), template().path) if self.values else ""

    def code(self, name: str, fingerprint: str) -> Code | None:
        from pipeline.render.qr import code_of

        return code_of(self.id(name), fingerprint, self.item.office.office.publication) if fingerprint else None

    def id(self, name: str) -> str:
        """The id of a document."""
        return f"{self.item.id}/{PUBLIC_FOLDER}/{name}" if self.public else f"{self.item.id}/{name}"

    def template(self, name: str) -> Template:
        return self.shelf(name, self.item.office.office)


def _signers(recess: Recess, *, public: bool) -> tuple[Signer, ...]:
    signer = recess.signer
    if signer is None:
        return ()
    return (Signer(SIGNER, signer.name, f"{signer.capacity} {signer.position}".strip(), "" if public else signer.nip),)


def _needs_of(volume: Volume) -> list[Need]:
    return [need for group in volume.groups for part in group.fields for need in part.needs]


def _printed(whole: Recap) -> list[Tally]:
    """The sums that the plenary's document prints whatever its length."""
    short = (Dimension.DISTRICT, Dimension.FRACTION, Dimension.COMMISSION)
    return [whole.total, *(line.tally for dimension in short for line in whole.tables[dimension].lines)]


def _promised(name: str, amounts: Iterable[int | None], rows: Sequence[Proposal]) -> tuple[str, ...]:
    """Sums always, the text of every row unless there are too many."""
    texts = [row.text.rstrip(" .") for row in rows] if len(rows) <= _PROVED_NEEDS else []
    sums = [rupiah(amount) for amount in amounts if amount is not None]
    return tuple(dict.fromkeys(text for text in (name, *sums, *texts) if text))


def _leads(needs: Sequence[Need]) -> tuple[Proposal, ...]:
    return tuple(need.lead for need in needs)


def _of_needs(needs: Sequence[Need]) -> Iterable[str]:
    return _texts(row for need in needs for row in need.rows)


def _texts(rows: Iterable[Proposal]) -> Iterable[str]:
    return (text for row in rows for text in (row.text, row.location, row.agency, row.remark))
