"""Adds versions to an archive: announced in the log, written, then entered in the log.

Killed at any moment, what was announced and is whole is used or entered by the next run, what is not whole is written
again; nothing that stands in the log is ever touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pipeline.archive import desk, log, store
from pipeline.archive.desk import Archive
from pipeline.archive.log import Filed, Log
from pipeline.archive.storage import MissingError
from pipeline.archive.store import Item, Plan, Print, Signed
from pipeline.errors import ArchiveError, OutputError, TertibError
from pipeline.model.message import Message, say

BATCH: Final = 20
"""Versions announced and entered together: the log is written twice for so many."""


class Filing:
    """One run's work on one archive, which nobody else writes to meanwhile. Raises as ``desk.load`` does."""

    def __init__(self, archive: Archive, today: dt.date, print_of: Print | None = None) -> None:
        if archive.exists:
            desk.prove_top(archive)
        self._archive = archive
        self._today = today
        self._print_of = print_of
        self._pending = archive.log.pending
        self._written = log.render(archive.log) if archive.exists else None
        # What a killed run left whole; folders are looked at once.
        self._left = {
            place: proof for place, proof in self._pending.items() if store.is_whole(place, proof, archive.storage)
        }

    @property
    def log(self) -> Log:
        """The log as it is now; that of an archive without one knows its versions all the same."""
        return self._archive.log if self._archive.exists else replace(self._archive.log, filed=self._archive.old)

    @property
    def is_new(self) -> bool:
        """Is there no archive yet?"""
        return not self._archive.exists and not self._archive.old

    def has_changed(self, item: Item) -> bool:
        """Does ``item`` differ from its latest version as made? Raises TertibError, OSError."""
        made = [one for one in self.log.versions(item.folder) if not one.facts.signed]
        return store.has_changed(item, made[-1] if made else None, self._archive.storage, self._print_of)

    def plan_for(self, item: Item) -> Plan | None:
        """What is to be filed of ``item``; None when nothing changed. Raises TertibError, OSError."""
        while True:
            if not self.has_changed(item):
                return None
            known = self.log.versions(item.folder)
            found = store.plan(item, known[-1].facts.version + 1 if known else 1, self._today)
            left = self._left.get(found.facts.place)
            if left is None or left == found.manifests.sha256:
                return found
            self._adopt(found.facts.place)

    def plan_signed(self, original: Filed, signed: Mapping[str, Signed]) -> Plan | None:
        """What is to be filed of signed files that came back; None when they are there. Raises TertibError."""
        known = self.log.versions(original.facts.folder)
        number = known[-1].facts.version + 1
        return store.plan_signed(original, signed, self.log, self._archive.storage, number, self._today)

    def begin(self, settings: Mapping[str, Any]) -> tuple[Message, ...]:
        """Open or take over the archive, and note what the office says of it. Raises OutputError."""
        before = self._archive
        self._archive, notes = desk.begun(before, self._today, settings)
        if self._archive is not before:
            self._written = log.render(self._archive.log)
        if not before.exists:
            # At once: from here on a file that is missing at the top was removed.
            desk.finish(self._archive)
        return notes

    def file(self, plans: Sequence[Plan]) -> Iterator[tuple[Plan, TertibError | None]]:
        """File ``plans``; each with what kept it from being filed. Raises OutputError for the log."""
        for start in range(0, len(plans), BATCH):
            batch = plans[start : start + BATCH]
            self._announce(batch)
            done = [(plan, self._put(plan)) for plan in batch]
            made = self._archive.log
            for plan, fault in done:
                if fault is None:
                    made = made.with_version(self._today, plan.facts, plan.manifests)
            self._save(made)
            yield from done

    def finish(self) -> tuple[Message, ...]:
        """Enter what a killed run left, and bring the files at the top up to date. Raises TertibError."""
        notes = []
        for place in [place for place in self._left if place not in {one.place for one in self._archive.log.filed}]:
            self._adopt(place)
            notes.append(say("{place}: versi dari proses yang terputus dicatat.", place=place))
        missing = desk.finish(self._archive) if self._archive.exists else ()
        told = self._archive.storage
        return (*notes, *(say("{path} hilang dan disusun lagi.", path=told.full(name)) for name in missing))

    def _announce(self, batch: Sequence[Plan]) -> None:
        announced = {plan.facts.place: plan.manifests.sha256 for plan in batch}
        if not announced.items() <= self._archive.log.pending.items():
            self._save(self._archive.log.begun(self._today, announced))

    def _put(self, plan: Plan) -> TertibError | None:
        place = plan.facts.place
        storage = self._archive.storage
        try:
            if self._left.get(place) == plan.manifests.sha256:
                return None
            for entry in list(storage.entries(place)):
                if place not in self._pending:
                    return ArchiveError(
                        say(
                            "{place} sudah ada tetapi tidak tercatat di catatan arsip. Lihat dengan tertib verify, "
                            "lalu pindahkan folder itu ke luar arsip.",
                            place=storage.full(place),
                        )
                    )
                storage.remove(entry.path)
            store.put(plan, storage)
        except TertibError as error:
            return error
        return None

    def _adopt(self, place: str) -> None:
        """Enter a version that a killed run left whole."""
        try:
            facts, manifests = store.facts_in(place, self._archive.storage)
        except ValueError as error:
            raise ArchiveError(
                say(
                    "{path} tidak dapat dibaca. Ambil kembali folder ini dari salinan cadangan.",
                    path=self._archive.storage.full(place),
                )
            ) from error
        self._left.pop(place, None)
        self._save(self._archive.log.with_version(self._today, facts, manifests))

    def _save(self, made: Log) -> None:
        if made == self._archive.log:
            return
        storage = self._archive.storage
        try:
            found = storage.read(log.NAME)
        except MissingError:
            found = None
        if found != self._written:
            raise OutputError(
                say(
                    "{told} sedang ditulis dari tempat lain. Tunggu sampai selesai, lalu jalankan tertib archive lagi.",
                    told=storage.told,
                )
            )
        data = log.render(made)
        storage.put(log.NAME, data)
        self._written = data
        self._archive = replace(self._archive, log=made)
