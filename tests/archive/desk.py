"""Small archives for tests, filed as the command files them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf

from pipeline.archive import desk, index
from pipeline.archive.facts import Facts
from pipeline.archive.filing import Filing
from pipeline.archive.log import Filed
from pipeline.archive.storage import LocalStorage, Storage
from pipeline.archive.store import Item, Signed
from pipeline.model.office import Archiving, Office, Policy, RegionKind, Retention

DAY = dt.date(2026, 11, 21)
OFFICE = Office(
    "contoh",
    Path("inputs/contoh"),
    "Pemerintah Kabupaten Contoh",
    "Sekretariat DPRD",
    RegionKind.REGENCY,
    policy=Policy(review_months=24),
    archiving=Archiving("", Retention("000.8.3.3", "2 tahun", "3 tahun", "permanen"), Retention()),
)
TOP = ("BACA-SAYA.txt", "catatan.jsonl", "format.txt", "indeks.csv", "tinjauan.ics")
VERSION = (
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "reses.docx",
    "reses.pdf",
    "sumber/sop/reses.yaml",
    "versi.json",
)


def pdf(text: str = "satu") -> bytes:
    """A small PDF of one page that shows nothing and whose content differs with ``text``."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(10, 10))
    made.pages[0].Contents = made.make_stream(f"% {text}\n".encode())
    target = io.BytesIO()
    made.save(target, static_id=True, compress_streams=False)
    return target.getvalue()


def item(
    tmp_path: Path,
    *,
    name: str = "reses",
    text: str = "satu",
    docx: bytes = b"PK one",
    source: bytes = b"judul: x\n",
    **facts: object,
) -> Item:
    """A small SOP to file."""
    folder = tmp_path / "built" / f"{name}-{text}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(pdf(text))
    (folder / f"{name}.docx").write_bytes(docx)
    (folder / f"{name}.yaml").write_bytes(source)
    told = {
        "number": "800/1/2026",
        "title": "Pelaksanaan Reses; <uji>",
        "stage": "final",
        "effective": dt.date(2026, 1, 31),
        "pages": 1,
    } | facts
    return Item(
        kind="sop",
        name=name,
        files={f"{name}.pdf": folder / f"{name}.pdf", f"{name}.docx": folder / f"{name}.docx"},
        sources={f"sop/{name}.yaml": folder / f"{name}.yaml"},
        **told,  # type: ignore[arg-type]
    )


def filing(archive: Path | Storage, day: dt.date = DAY) -> Filing:
    """The archive in a folder or storage, opened for adding."""
    storage = archive if isinstance(archive, Storage) else LocalStorage(archive, None, "arsip")
    return Filing(desk.load(storage), day)


def add(archive: Path | Storage, *items: Item, day: dt.date = DAY) -> tuple[Facts, ...]:
    """File ``items`` as the command does; the versions that came of it."""
    work = filing(archive, day)
    plans = [plan for plan in (work.plan_for(one) for one in items) if plan is not None]
    work.begin(index.settings_of(OFFICE))
    for _, error in work.file(plans):
        if error is not None:
            raise error
    work.finish()
    return tuple(plan.facts for plan in plans)


def add_signed(archive: Path, original: Filed, text: str = "bertanda tangan", day: dt.date = DAY) -> Facts | None:
    """File the signed PDF of ``original``; None when it is there already."""
    work = filing(archive, day)
    name = f"{original.facts.name}.pdf"
    plan = work.plan_signed(original, {name: Signed(pdf(text), b"{}\n", ("Pejabat Contoh",))})
    if plan is None:
        return None
    assert [error for _, error in work.file([plan])] == [None]
    work.finish()
    return plan.facts


def small(tmp_path: Path) -> Path:
    """An archive of one SOP in two versions."""
    folder = tmp_path / "banyumas" / "arsip"
    add(folder, item(tmp_path))
    add(folder, item(tmp_path, text="dua"))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def remove_tree(folder: Path) -> None:
    """Remove a folder that a test made."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()
