"""``tertib recap``: the reports of a recess: one per member, and the inventory for the plenary in four formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ProofError, TertibError
from pipeline.model.message import NOTHING, Message, say
from pipeline.model.money import rupiah
from pipeline.model.recess import Proposal, RecessInput
from pipeline.model.result import DocumentResult, RunResult
from pipeline.run.artifacts import Artifact, make_pdfs, put_docx
from pipeline.run.baseline import begin
from pipeline.run.check import facts_of, select
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome, Problem
from pipeline.run.recess_check import (
    CheckedRecesses,
    check_recesses,
    recess_number,
    recess_title,
    stage_of,
    with_offices,
)
from pipeline.run.recess_names import member_names
from pipeline.run.settings import Settings
from pipeline.run.writing import Outputs, own

if TYPE_CHECKING:
    from pipeline.model.recap import MemberReport, Recap
    from pipeline.render.template import Template

MEMBER_FOLDER = "anggota"
RECAP_NAME = "rekapitulasi"
_NAMED = 8
"""Most files that one note names."""
_NO_RECESS = say("Tidak ada data reses di tempat yang disebut. Mulai dengan: tertib new reses.")
_PROVED_NEEDS = 2_000
"""Up to so many needs the text of each is looked for in the PDF; beyond, only titles and totals."""


def recap(settings: Settings, listener: Listener) -> Outcome:
    """Check, total, render, prove, put in place, convert. Raises UsageError and OutputError; all else is told."""
    from pipeline.run.reporting import write_reports

    selection = select(settings)
    screen = begin(settings)
    with own(settings.output, listener) as outputs:
        checked = with_offices(
            check_recesses(selection.recesses, settings, listener, screen), facts_of(settings), screen
        )
        outcome = _Recap(settings, outputs, listener).run(checked)
        outcome = replace(outcome, notes=(*outcome.notes, *screen.end()))
        write_reports(outcome, settings, outputs, kind="reses")
    return outcome


class _Recap:
    """One run of ``recap``: collects what happens to each recess."""

    def __init__(self, settings: Settings, outputs: Outputs, listener: Listener) -> None:
        self._settings = settings
        self._outputs = outputs
        self._listener = listener
        self._problems: list[Problem] = []

    def run(self, checked: CheckedRecesses) -> Outcome:
        made: dict[str, list[Path]] = {}
        artifacts: list[Artifact] = []
        for item in checked.items:
            if item.id not in checked.blocked:
                artifacts += self._make_safely(item, made.setdefault(item.id, []))
        pdfs = make_pdfs(artifacts, self._settings, self._outputs, self._listener)
        for artifact in artifacts:
            if artifact.pdf in pdfs.ready:
                made[_owner(artifact.document)].append(artifact.pdf)
            if artifact.docx in pdfs.unchanged:
                made[_owner(artifact.document)].remove(artifact.docx)
        documents = tuple(self._result(document, made.get(document.id, ())) for document in checked.documents)
        held = tuple(self._held(item) for item in checked.items if not made.get(item.id))
        problems = (*self._problems, *pdfs.problems)
        left = tuple(note for item in checked.items if made.get(item.id) for note in self._left(item, made[item.id]))
        none = () if checked.items else (_NO_RECESS,)
        return Outcome(RunResult(checked.findings, documents), problems, (*pdfs.notes, *held, *left, *none))

    def _make_safely(self, item: RecessInput, made: list[Path]) -> list[Artifact]:
        from pipeline.run.build import internal

        try:
            return self._make(item, made)
        except TertibError as error:
            self._problems.append(Problem(error, item.id))
        except Exception as fault:  # noqa: BLE001 - a fault in one recess must not cost the others theirs
            self._problems.append(Problem(internal(fault), item.id))
        return []

    def _make(self, item: RecessInput, made: list[Path]) -> list[Artifact]:
        """All documents of one recess are rendered and proved before the first one is put in place."""
        from pipeline.recess.recap import make_recap, member_reports
        from pipeline.render.recess_member import MEMBER_TEMPLATE
        from pipeline.render.recess_plenary import RECAP_TEMPLATE
        from pipeline.run.build import TemplateShelf

        if item.recess is None:
            return []
        whole = make_recap(item.recess)
        reports = member_reports(whole)
        shelf = TemplateShelf(self._settings)
        office = item.office.office
        self._listener.started(len(reports) + 1, say("Menyusun laporan reses"))
        files: dict[Path, bytes] = {}
        artifacts = list(self._members(item, reports, shelf.load(MEMBER_TEMPLATE, office), files))
        artifacts.append(self._plenary(item, whole, shelf.load(RECAP_TEMPLATE, office), files))
        artifacts = [put_docx(artifact, files[artifact.docx], self._outputs) for artifact in artifacts]
        for path, data in files.items():
            if path.suffix != ".docx":
                self._outputs.write(path, data)
            made.append(path)
        return artifacts

    def _members(
        self, item: RecessInput, reports: Sequence[MemberReport], template: Template, files: dict[Path, bytes]
    ) -> Iterable[Artifact]:
        from pipeline.render.proof import prove_docx
        from pipeline.render.recess_member import render_member

        names = member_names([(report.member.id, report.member.name) for report in reports])
        for report, name in zip(reports, names, strict=True):
            path = self._outputs.path(*item.id.split("/"), MEMBER_FOLDER, f"{name}.docx")
            files[path] = render_member(template, item, report)
            if self._is_new(path, files[path]):
                prove_docx(files[path], path.name, given=_texts(report.proposals))
            texts = [report.member.name, *(row.text.rstrip(" .") for row in report.proposals)]
            if report.total.recorded_heard_amount is not None:
                texts.append(rupiah(report.total.recorded_heard_amount))
            self._listener.advanced(f"{item.id}/{MEMBER_FOLDER}/{name}")
            title = f"Laporan Hasil Reses – {report.member.name}"
            yield self._artifact(item, f"{MEMBER_FOLDER}/{name}", path, texts, title)

    def _is_new(self, path: Path, data: bytes) -> bool:
        """Must ``data`` be proved? What stands at ``path`` already was, before it was put there."""
        return self._settings.force or not self._outputs.holds(path, data)

    def _plenary(self, item: RecessInput, whole: Recap, template: Template, files: dict[Path, bytes]) -> Artifact:
        from pipeline.render.proof import prove_docx
        from pipeline.render.recap_json import recap_json
        from pipeline.render.recess_plenary import render_recap
        from pipeline.render.workbook import recap_workbook

        base = self._outputs.path(*item.id.split("/"), f"{RECAP_NAME}.docx")
        files[base] = render_recap(template, item, whole)
        if self._is_new(base, files[base]):
            prove_docx(files[base], base.name, given=_texts(whole.recess.proposals))
        files[base.with_suffix(".xlsx")] = recap_workbook(item, whole)
        prove_workbook(files[base.with_suffix(".xlsx")], f"{RECAP_NAME}.xlsx", len(whole.recess.proposals))
        files[base.with_suffix(".json")] = recap_json(item, whole)
        self._listener.advanced(f"{item.id}/{RECAP_NAME}")
        made = self._artifact(item, RECAP_NAME, base, _promised(whole), recess_title(whole.recess))
        return replace(made, number=recess_number(whole.recess))

    def _artifact(self, item: RecessInput, name: str, path: Path, texts: Iterable[str], title: str) -> Artifact:
        sources = tuple(dict.fromkeys((*item.sources, *item.office.sources)))
        wanted = tuple(text for text in texts if text)
        return Artifact(f"{item.id}/{name}", path, sources, texts=wanted, title=title, stage=stage_of(item).value)

    def _result(self, document: DocumentResult, files: Sequence[Path]) -> DocumentResult:
        return replace(document, outputs=tuple(self._settings.relative(path) for path in files))

    def _left(self, item: RecessInput, made: Sequence[Path]) -> Iterable[Message]:
        """Name the reports of members that this recess does not have (any more, or under that name); keep them."""
        folder = self._outputs.path(*item.id.split("/"), MEMBER_FOLDER)
        own = {path.stem for path in made if path.parent == folder}
        try:
            found = sorted(path for path in folder.iterdir() if path.suffix in (".docx", ".pdf") and path.is_file())
        except OSError:
            return
        names = [path.name for path in found if path.stem not in own and not path.name.startswith((".", "~"))]
        if names:
            more = len(names) - _NAMED
            yield say(
                "Bukan bagian dari reses ini lagi (nama anggota berubah atau anggotanya tidak ada lagi), tetapi "
                "masih ada di {folder}: {names}{more}. Pindahkan atau hapus sendiri.",
                folder=self._settings.relative(folder),
                names=", ".join(names[:_NAMED]),
                more=say(", dan {n} lagi", n=more) if more > 0 else NOTHING,
            )

    @staticmethod
    def _held(item: RecessInput) -> Message:
        return say(
            "Laporan {document} tidak dibuat; lihat temuan atau kegagalan di atas. Keluaran lama tidak diubah.",
            document=item.id,
        )


def _owner(document: str) -> str:
    """``OFFICE/reses/MASA`` of one of its documents."""
    return "/".join(document.split("/")[:3])


def _texts(rows: Iterable[Proposal]) -> Iterable[str]:
    return (text for row in rows for text in (row.text, row.location, row.agency, row.remark))


def _promised(whole: Recap) -> tuple[str, ...]:
    """What must be readable in the PDF of the inventory: totals always, the text of every need unless too many."""
    tallies = [whole.total, *(line.tally for table in whole.tables.values() for line in table.lines)]
    totals = [rupiah(tally.amount) for tally in tallies if tally.recorded_amount is not None]
    texts = [need.lead.text.rstrip(" .") for need in whole.needs] if len(whole.needs) <= _PROVED_NEEDS else []
    return (*totals, *dict.fromkeys(texts))


def prove_workbook(data: bytes, name: str, rows: int) -> None:
    """Raise ProofError unless ``data`` opens as a workbook whose first sheet has a header and ``rows`` rows."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            broken = package.testzip()
            found = package.read("xl/worksheets/sheet1.xml").count(b"<row ")
    except (zipfile.BadZipFile, KeyError) as error:
        raise _bad_workbook(name, str(error)) from error
    if broken or found != rows + 1:
        raise _bad_workbook(name, broken or f"{found - 1} / {rows}")


def _bad_workbook(name: str, why: str) -> ProofError:
    return ProofError(
        say(
            "{name}: buku kerja tidak lulus pemeriksaan ({why}). Jalankan lagi; bila terulang, laporkan.",
            name=name,
            why=why,
        )
    )
