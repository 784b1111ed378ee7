"""Reads a recess folder: ``reses.yaml`` and the tables of members, meetings and proposals beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.model.finding import Place, Severity
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import say
from pipeline.model.recess import MEMBERS, PROPOSALS, Recess, RecessInput
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.fields import Reading
from pipeline.readers.files import is_there, shown
from pipeline.readers.nearest import nearest
from pipeline.readers.nodes import MapNode, Node
from pipeline.readers.recess_columns import RECESS_TABLES
from pipeline.readers.recess_fields import RECESS_FIELDS
from pipeline.readers.recess_folder import WORKBOOK, Tables
from pipeline.readers.recess_main import checked_groups, planning, plenaries, previous, signer, tell_contradictions
from pipeline.readers.recess_registers import read_region, region_files
from pipeline.readers.yamlfile import read_yaml

MAIN_FILES = ("reses.yaml", "reses.yml", "reses.xlsx")
SHEET = "reses"


def read_recess(folder: Path, office: OfficeInput, root: Path) -> RecessInput:
    """The recess in ``folder``: every fault of its files is a finding, every row that can be used is used.

    Tables come from ``anggota.csv``, ``pertemuan.csv`` and ``aspirasi.csv``; what is not there comes from the sheets
    of ``reses.xlsx``, and so does what ``reses.yaml`` says. Never raises for what is in the files.
    """
    document = f"{office.office.id}/reses/{folder.resolve().name}"
    collector = Collector(document)
    main = next((folder / name for name in MAIN_FILES if is_there(folder / name)), folder / MAIN_FILES[0])
    collector.places[()] = Place(shown(main, root))
    if not is_there(main):
        _no_main(main, root, collector)
        return RecessInput(document, folder, None, office, collector.places, tuple(collector.findings), (), {})
    reading = _reading(main, root, collector)
    tables = Tables(folder, root, collector)
    if reading is None:
        tables.records(None, None, None, "")  # for what is wrong with them
    recess = None if reading is None else _recess(document, reading, office, tables, collector)
    if recess is not None and not tables.partial:
        _has_rows(recess, tables, collector)
    _unread(folder, root, (main, *tables.paths), collector)
    region = read_region(office.office.folder, root, collector)
    paths = dict.fromkeys([main, *tables.paths])
    if any(path.suffix == ".xlsx" for path in paths):
        from pipeline.readers.workbooks import forget

        forget()
    return RecessInput(
        id=document,
        folder=folder,
        recess=recess,
        office=office,
        places=collector.places,
        findings=tuple(collector.findings),
        sources=(*(path for path in paths if is_there(path)), *region_files(office.office.folder)),
        tables=tables.sources(),
        partial=frozenset(tables.partial),
        region=region,
    )


def _has_rows(recess: Recess, tables: Tables, collector: Collector) -> None:
    """Report a recess of which every table is empty: its reports would say nothing, and say it without a warning."""
    if recess.members or recess.meetings or recess.proposals:
        return
    source = tables.sources()[MEMBERS]
    collector.add(
        faults.EMPTY,
        Place(source.file, sheet=source.sheet),
        say("reses ini belum berisi satu pun anggota, pertemuan, atau aspirasi"),
        say("Isi tabel anggota, pertemuan, dan aspirasi di bawah judul kolomnya."),
    )


def _unread(folder: Path, root: Path, used: Iterable[Path], collector: Collector) -> None:
    """Report a workbook that is not read because everything stands in other files too: it may hold what is newer."""
    names = (WORKBOOK, *(f"{spec.sheet}.xlsx" for spec in RECESS_TABLES))
    for path in (folder / name for name in names):
        if is_there(path) and path not in used:
            collector.add(
                faults.TWICE,
                Place(shown(path, root)),
                say("`{name}` tidak dibaca, karena isinya diambil dari berkas lain di folder ini", name=path.name),
                say(
                    "Pindahkan `{name}` keluar dari folder ini; bila justru isinya yang benar, pindahkan berkas .csv "
                    "atau .yaml yang bernama sama dengan lembarnya.",
                    name=path.name,
                ),
                severity=Severity.WARNING,
            )


def _no_main(main: Path, root: Path, collector: Collector) -> None:
    """Report a folder with data but without what says which recess it is; tell a main file under another name."""
    others = sorted(path.name for path in main.parent.glob("*") if not path.name.startswith((".", "~")))
    tables = [f"{spec.sheet}.csv" for spec in RECESS_TABLES]
    books = [name for name in others if name.lower().endswith((".xlsx", ".xlsm"))]
    near = nearest(main.name, [name for name in others if name not in tables]) or (books[0] if len(books) == 1 else "")
    named = WORKBOOK if near in books else main.name
    collector.add(
        faults.MISSING,
        Place(shown(main, root)),
        say(
            "folder ini berisi data reses ({names}), tetapi tidak ada `reses.yaml` atau `reses.xlsx`",
            names=", ".join(others[:4]) + (", ..." if len(others) > 4 else ""),
        ),
        say("Ganti nama `{near}` menjadi `{named}` bila itu berkasnya.", near=near, named=named)
        if near
        else say(
            "Buat `reses.yaml` di folder itu: tahun, masa, mulai, selesai, penandatangan. Contoh: tertib new reses."
        ),
    )


def _is_only_a_table(path: Path) -> bool:
    """Is the only sheet of a workbook a table, so that nothing says which recess it is?"""
    from pipeline.readers.workbooks import sheet_names

    names = sheet_names(path)
    return len(names) == 1 and names[0] != SHEET and not is_there(path.with_name(f"{PROPOSALS}.csv"))


def _reading(path: Path, root: Path, collector: Collector) -> Reading | None:
    node: Node | None
    if path.suffix == ".xlsx":
        from pipeline.readers.workbooks import read_mapping

        if _is_only_a_table(path):
            collector.add(
                faults.SHEET,
                Place(shown(path, root)),
                say("lembar `{sheet}` tidak ada", sheet=SHEET),
                say(
                    "Buat `reses.yaml` di folder itu: tahun, masa, mulai, selesai, penandatangan. "
                    "Contoh: tertib new reses."
                ),
            )
            return None
        node = read_mapping(path, root, SHEET, RECESS_FIELDS, collector)
    else:
        node = read_yaml(path, root, collector)
    if isinstance(node, MapNode):
        return Reading(node, RECESS_FIELDS, (), collector)
    if node is not None:
        collector.add(
            faults.WRONG_TYPE,
            node.place,
            say("isi berkas harus pasangan `kunci: isi`"),
            say("Mulai dari contoh: `tertib new reses`."),
            blocks=True,
        )
    return None


def _recess(document: str, reading: Reading, office: OfficeInput, tables: Tables, collector: Collector) -> Recess:
    _complete(reading, collector)
    start, end = reading.date("mulai"), reading.date("selesai")
    session, year = reading.integer("masa", 1, 3), reading.text("tahun")
    read = tables.records(start, end, session, year)
    known = PROPOSALS not in tables.partial
    together = checked_groups(reading, "gabung", read.proposals, known)
    apart = checked_groups(reading, "pisah", read.proposals, known)
    tell_contradictions(reading, together, apart)
    return Recess(
        id=document,
        stage=reading.stage(),
        year=year,
        session=session,
        start=start,
        end=end,
        reported=reading.date("tanggal_laporan"),
        day_count=reading.choice("hitungan_hari", ""),
        legal_basis=tuple(text for text in reading.texts("dasar") if text),
        signer=signer(reading, office),
        note=reading.text("catatan"),
        announced=reading.date("pengumuman"),
        last_of_term=reading.choice("persidangan_terakhir", "tidak") == "ya",
        plenaries=plenaries(reading),
        planning=planning(reading),
        together=together,
        apart=apart,
        previous=previous(reading, tables.folder),
        members=read.members,
        meetings=read.meetings,
        proposals=read.proposals,
    )


def _complete(reading: Reading, collector: Collector) -> None:
    for key in ("tahun", "masa", "mulai", "selesai", "penandatangan"):
        if reading.get(key) is None:
            collector.add(
                faults.INCOMPLETE,
                reading.place(key),
                say("`{key}` belum diisi", key=key),
                say("Isi `{key}`; sampai itu tercetak kosong.", key=key),
            )
