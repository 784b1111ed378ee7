"""Small archives for tests, made as the program makes them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf

from pipeline.archive import desk, log, store
from pipeline.archive.filing import Filing
from pipeline.archive.log import Log
from pipeline.archive.parcel import Parcel
from pipeline.archive.storage import LocalStorage, Storage

SETTINGS = {
    "kantor": "contoh",
    "pemerintah": "Pemerintah Kabupaten Contoh",
    "unit": "Sekretariat DPRD Kabupaten Contoh",
    "alamat": "Jalan Contoh 1",
    "surel": "setwan@contoh.example",
}
DAY = dt.date(2026, 3, 2)
Version = Mapping[str, bytes]


def pdf(title: str) -> bytes:
    """A PDF of one empty page."""
    buffer = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(100, 100))
        made.docinfo["/Title"] = title
        made.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def local(root: Path) -> LocalStorage:
    """A storage in a folder."""
    return LocalStorage(root, None, root.as_posix())


def filled(storage: Storage, work: Path, documents: Mapping[str, Sequence[Version]]) -> Log:
    """An archive in ``storage`` with the versions of ``documents`` ("sop/reses"), one a day; its log."""
    archive, _ = desk.begun(desk.load(storage), DAY, SETTINGS)
    made = archive.log
    for folder, versions in documents.items():
        kind, _, name = folder.partition("/")
        for number, files in enumerate(versions, len(made.versions(folder)) + 1):
            paths = _written(work / f"{kind}-{len(made.events)}", files)
            day = DAY + dt.timedelta(days=number)
            title = name.replace("-", " ").capitalize()
            plan = store.plan(store.Item(kind, name, paths, {}, f"000.1/{number}", title, "final"), number, day)
            store.put(plan, storage)
            made = made.with_version(day, plan.facts, plan.manifests)
            storage.put(log.NAME, log.render(made))
    desk.finish(desk.load(storage))
    return made


def archived(storage: Storage, work: Path, documents: Mapping[str, Mapping[str, bytes]]) -> int:
    """File SOPs as the program does; how many versions were added."""
    filing = Filing(desk.load(storage), DAY)
    plans = [plan for name, files in documents.items() if (plan := filing.plan_for(_item(work, name, files)))]
    filing.begin(SETTINGS)
    for _, error in filing.file(plans):
        if error is not None:
            raise error
    filing.finish()
    return len(plans)


def _item(work: Path, name: str, files: Mapping[str, bytes]) -> store.Item:
    """An SOP with ``files``, written to ``work``."""
    work.mkdir(exist_ok=True)
    for file, data in files.items():
        (work / file).write_bytes(data)
    return store.Item("sop", name, {file: work / file for file in files}, {}, "1", name.capitalize(), "final")


def parcel(storage: Storage, items: tuple[str, ...] | None = None) -> Parcel:
    """The archive in ``storage``, or these items of it, for an export."""
    read = desk.load(storage).log
    every = tuple(dict.fromkeys(filed.facts.folder for filed in read.filed))
    return Parcel(storage, read, "contoh", every if items is None else items, whole=items is None)


def _written(folder: Path, files: Version) -> dict[str, Path]:
    paths = {}
    for number, (name, data) in enumerate(files.items()):
        folder.mkdir(parents=True, exist_ok=True)
        paths[name] = folder / str(number)
        paths[name].write_bytes(data)
    return paths
