"""The DOCX of a document made again from its inputs, with the same steps as ``tertib build`` and ``tertib recap``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.readers import workspace
from pipeline.resources import packaged_templates
from pipeline.run.canonical import file_digest
from pipeline.run.carried_inputs import Bundle, CannotRebuildError, prove_package
from pipeline.run.origin import SOP
from pipeline.run.settings import Settings


@dataclass(frozen=True, slots=True)
class Made:
    """A DOCX made again, and the hash of the canonical inputs that it was made from."""

    docx: bytes
    fingerprint: str


def docx_again(bundle: Bundle, main: Path, folder: Path, settings: Settings) -> Made:
    """The DOCX of ``bundle`` from the inputs laid out below ``folder``, ``main`` among them.

    Raises TertibError where that cannot be done here.
    """
    template = _template(bundle, folder, settings)
    there = replace(settings, root=folder, templates=template.parent, stage=bundle.stage, paths=())
    return _sop(bundle, main, there) if bundle.origin["jenis"] == SOP else _recess(bundle, main, there)


def _template(bundle: Bundle, folder: Path, settings: Settings) -> Path:
    """The template, in a folder of its own: the carried one, or one of the same hash that is here."""
    wanted: Mapping[str, str] = bundle.origin["templat"]
    place = folder.with_name("templat") / wanted["nama"]
    place.parent.mkdir(exist_ok=True)
    if wanted["berkas"]:
        data = bundle.files[wanted["berkas"]]
        prove_package(data, wanted["berkas"])
        place.write_bytes(data)
        return place
    for known in _templates(wanted["nama"], settings):
        if known.is_file() and file_digest(known) == wanted["sha256"]:
            place.write_bytes(known.read_bytes())
            return place
    raise CannotRebuildError(
        say(
            "Templat {name} yang dipakai PDF ini (sha256 {hash}…) tidak ada di sini. Pakai tertib {version}, versi "
            "yang membuatnya, atau letakkan templat itu di folder templates.",
            name=wanted["nama"],
            hash=wanted["sha256"][:16],
            version=bundle.origin["program"]["versi"],
        )
    )


def _templates(name: str, settings: Settings) -> Iterator[Path]:
    if settings.templates:
        yield settings.templates / name
    yield settings.root / "templates" / name
    yield packaged_templates() / name


def _sop(bundle: Bundle, main: Path, settings: Settings) -> Made:
    from pipeline.run.build import TEMPLATE
    from pipeline.run.canonical import fingerprint
    from pipeline.run.document import render_sop
    from pipeline.run.safely import safe_office, safe_sop
    from pipeline.run.templates import TemplateShelf

    office = safe_office(workspace.office_of(main), settings.root)
    item = safe_sop(main, office, settings.root)
    if item.sop is None or item.id != bundle.document:
        raise _unreadable((*item.findings, *office.findings))
    item = replace(item, sop=replace(item.sop, stage=bundle.stage))
    template = TemplateShelf(settings).load(TEMPLATE, office.office)
    assert item.sop is not None
    sidik = fingerprint(item.sop, office.office, template.path)
    return Made(render_sop(template, item).docx, sidik)


def _recess(bundle: Bundle, main: Path, settings: Settings) -> Made:
    from pipeline.recess.recap import make_recap
    from pipeline.run.recess_history import with_history
    from pipeline.run.recess_plan import RECAP_NAME, plan
    from pipeline.run.recess_safely import safe_recess
    from pipeline.run.safely import safe_office
    from pipeline.run.templates import TemplateShelf

    folder = main.parent
    office = safe_office(workspace.office_of(folder), settings.root)
    item = safe_recess(folder, office, settings.root)
    if item.recess is None:
        raise _unreadable(item.findings)
    item = replace(item, recess=replace(item.recess, stage=bundle.stage))
    item = with_history([item], settings.root).items[0]
    assert item.recess is not None
    whole = make_recap(item.recess, history=item.history)
    shelf = TemplateShelf(settings).load
    for document in plan(item, whole, shelf, only=frozenset({RECAP_NAME}), public=False).documents:
        if f"{item.id}/{document.name}" == bundle.document:
            return Made(document.make(_nobody), document.fingerprint())
    raise _unreadable(item.findings)


def _nobody(_: Message) -> None:
    pass


def _unreadable(findings: Sequence[Finding]) -> UsageError:
    told = next((finding.message for finding in findings if finding.blocks), None)
    if told is None:
        return CannotRebuildError(say("Masukan di dalam PDF ini bukan masukan dokumen yang disebut asal.json."))
    return CannotRebuildError(say("Masukan di dalam PDF ini tidak terbaca di sini: {why}.", why=told.bare()))
