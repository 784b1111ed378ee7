"""``tertib impact``: every SOP that a regulation concerns."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model.impact import Impact, Use
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import Message, say
from pipeline.readers import workspace
from pipeline.readers.files import shown
from pipeline.rules import impact as rules
from pipeline.rules.citations import Citation, parse_citation
from pipeline.run.check import facts_of
from pipeline.run.events import Listener
from pipeline.run.safely import safe_office, safe_sop
from pipeline.run.settings import Settings


def impact(settings: Settings, regulation: str, listener: Listener) -> Impact:
    """Where ``regulation`` is cited in the SOPs selected. Reads only.

    Raises UsageError for a citation that cannot be understood, and for a path that does not exist or holds nothing.
    """
    wanted = understood(regulation, settings)
    selection = workspace.find(settings.paths, settings.root)
    facts = facts_of(settings)
    listener.started(len(selection.sops), say("Membaca SOP"))
    offices: dict[Path, OfficeInput] = {}
    uses: list[Use] = []
    unread: list[str] = []
    asked = rules.asked_for(wanted, None)
    for path in selection.sops:
        folder = workspace.office_of(path)
        if folder not in offices:
            offices[folder] = safe_office(folder, settings.root)
        item = safe_sop(path, offices[folder], settings.root)
        uses += rules.uses(item, wanted, facts)
        unread += [] if item.sop is not None else [shown(path, settings.root)]
        own = rules.asked_for(wanted, item)
        asked = own if asked.row is None and own.row is not None else asked
        listener.advanced(item.id)
    day = settings.as_of or settings.today
    long, status, replacement = rules.status_of(asked, day)
    return Impact(asked.short, long, day, status, replacement, tuple(uses), len(selection.sops), tuple(unread))


def understood(text: str, settings: Settings) -> Citation:
    """The citation typed on the command line. Raises UsageError that says what may be meant."""
    read = parse_citation(text)
    if read.complete:
        return read
    # Quotes are easily forgotten: the year then stands among the paths.
    for path in settings.paths[:1]:
        whole = parse_citation(f"{text} {path.as_posix()}")
        if whole.complete:
            raise UsageError(_quoted(whole.short))
    raise UsageError(_not_understood(text, rules.likely(text)))


def _quoted(short: str) -> Message:
    return say('Tulis peraturannya di dalam tanda petik: tertib impact "{short}"', short=short)


def _not_understood(text: str, near: tuple[str, ...]) -> Message:
    if near:
        return say(
            '"{text}" tidak dapat dipahami. Maksud Anda {near}?',
            text=text,
            near=", ".join(f'"{short}"' for short in near),
        )
    return say(
        '"{text}" tidak dapat dipahami. Tulis jenis, nomor, dan tahunnya, misalnya "UU 23/2014" atau '
        '"Perbup Banyumas 86/2021".',
        text=text,
    )
