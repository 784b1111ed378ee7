"""Reading and checking recesses so that a fault of the program costs one recess, or one rule, and not the run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pipeline.model.finding import Finding, Place
from pipeline.model.inputs import OfficeInput
from pipeline.model.recess import RecessInput
from pipeline.readers.files import shown
from pipeline.readers.recess import MAIN_FILES, read_recess
from pipeline.recess.checks import checks
from pipeline.recess.rules.base import Days
from pipeline.rules.findings import crash_at
from pipeline.run.safely import crash_of_reader


def safe_recess(folder: Path, office: OfficeInput, root: Path) -> RecessInput:
    """``read_recess``; one that cannot be used, with the finding that says so, when its reader crashes."""
    try:
        return read_recess(folder, office, root)
    except Exception as fault:  # noqa: BLE001 - one recess must not cost the others theirs
        id = f"{office.office.id}/reses/{folder.name}"
        place = Place(shown(folder / MAIN_FILES[0], root))
        return RecessInput(id, folder, None, office, {(): place}, (crash_of_reader(fault, place, id),), ())


def safe_checks(item: RecessInput, days: Days, today: dt.date | None = None) -> Iterator[Finding]:
    """All findings of ``check_recess``; for a rule that crashes one that says so."""
    for rule, check in checks(item, days, today):
        try:
            yield from check()
        except Exception as fault:  # noqa: BLE001 - one broken rule must not silence the others
            yield crash_at(item.places[()], item.id, rule.code, rule.name, fault)
