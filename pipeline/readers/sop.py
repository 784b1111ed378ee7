"""Reads one SOP: ``NAME.yaml`` with its step table, or one workbook with sheets ``sop`` and ``langkah``."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pipeline.model.finding import Place
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.message import say
from pipeline.model.naming import ActorIndex
from pipeline.model.office import Official
from pipeline.model.places import Places
from pipeline.model.sop import Acceptance, Revision, Sop, SopType
from pipeline.readers import faults
from pipeline.readers.csvfile import read_table
from pipeline.readers.durations import parse_time
from pipeline.readers.faults import Collector
from pipeline.readers.fields import Reading, note_label
from pipeline.readers.files import is_there, shown
from pipeline.readers.headers import header_key
from pipeline.readers.nearest import did_you_mean
from pipeline.readers.nodes import ListNode, MapNode, Node, TextNode
from pipeline.readers.registers import capacity, sex
from pipeline.readers.sop_fields import SOP_FIELDS
from pipeline.readers.steps import STEPS, Raw, actor_names, raw_of_list, raw_of_table, read_steps
from pipeline.readers.tables import Table
from pipeline.readers.yamlfile import read_yaml

WORKBOOKS = (".xlsx", ".xlsm")


def read_sop(path: Path, office: OfficeInput, root: Path) -> SopInput:
    """The SOP in ``path`` (YAML or workbook) of ``office``; findings print files relative to ``root``.

    Never raises for what is in the files: ``sop`` is None when nothing can be made of them, and ``findings`` say why.
    """
    collector = Collector(f"{office.office.id}/sop/{path.stem}")
    collector.places[()] = Place(shown(path, root))
    sources = [path]
    node = _root(path, root, collector)
    sop = None
    if node is not None:
        reading = Reading(node, SOP_FIELDS, (), collector)
        collector.places[()] = Place(shown(path, root))
        sop = _sop(reading, office, path, root, sources)
    return SopInput(
        collector.document or "",
        path,
        sop,
        office,
        Places(collector.places, collector.cells),
        tuple(collector.findings),
        tuple(sources),
        collector.digests,
    )


def _root(path: Path, root: Path, collector: Collector) -> MapNode | None:
    node: Node | None
    if path.suffix.lower() in WORKBOOKS:
        from pipeline.readers.workbooks import read_mapping

        node = read_mapping(path, root, "sop", SOP_FIELDS, collector)
    else:
        node = read_yaml(path, root, collector)
    if node is None or isinstance(node, MapNode):
        return node
    collector.add(
        faults.WRONG_TYPE,
        node.place,
        say("isi berkas harus pasangan `kunci: isi`"),
        say("Mulai dari contoh: `tertib new sop`."),
        blocks=True,
    )
    return None


def _sop(reading: Reading, office: OfficeInput, path: Path, root: Path, sources: list[Path]) -> Sop:
    collector = reading.collector
    dates = reading.mapping("tanggal")
    actors = reading.texts("pelaksana")
    told = len(collector.findings)
    raws, columns = _raw_steps(reading, path, root, sources)
    if len(raws) > MOST_STEPS:
        _too_many(len(raws), reading)
        raws = ()
    partial = any(finding.blocks for finding in collector.findings[told:])
    index = ActorIndex(actors, office.office.positions, office.office.region)
    if not actors:
        _no_actors(raws, reading)
    return Sop(
        id=collector.document or "",
        stage=reading.stage(),
        number=reading.text("nomor"),
        title=reading.text("judul"),
        purpose=reading.text("tujuan"),
        created=dates.date("pembuatan") if dates else None,
        revised=dates.date("revisi") if dates else None,
        effective=dates.date("efektif") if dates else None,
        type=_type(reading),
        signer=_signer(reading, office),
        legal_basis=reading.texts("dasar_hukum"),
        qualifications=reading.texts("kualifikasi_pelaksana"),
        related=reading.texts("keterkaitan"),
        equipment=reading.texts("peralatan"),
        warnings=reading.texts("peringatan"),
        records=reading.texts("pencatatan"),
        actors=actors,
        steps=read_steps(raws, index, collector),
        columns=columns,
        history=tuple(
            Revision(entry.integer("revisi", 0, 999), entry.date("tanggal"), entry.text("uraian"))
            for entry in reading.records("riwayat")
        ),
        accepted=_accepted(reading),
        total=parse_time(total) if (total := reading.text("total_waktu")) else None,
        partial=partial,
        labels=tuple(collector.labels.items()),
        written=tuple(collector.written.items()),
    )


def _type(reading: Reading) -> SopType:
    stated = reading.mapping("jenis")
    if stated is None:
        return SopType()
    return SopType(stated.choice("sifat", ""), stated.choice("cakupan", ""), stated.choice("kelengkapan", ""))


def _accepted(reading: Reading) -> tuple[Acceptance, ...]:
    found: list[Acceptance] = []
    for entry in reading.records("kecuali"):
        until, where = entry.date("sampai"), _where(entry)
        texts = [entry.text(key) for key in ("aturan", "alasan", "oleh")]
        if until is not None and where is not None and all(texts):
            # An entry that is left out must not shift the places of those after it.
            reading.collector.places["kecuali", len(found)] = entry.node.place
            found.append(Acceptance(texts[0].upper(), texts[1], texts[2], until, where))
    return tuple(found)


_ROW = re.compile(r"[0-9]{1,6}")
"""A row number in ``di``; longer ones are no place (and Python refuses to read very long ones)."""


def _where(entry: Reading) -> tuple[str | int, ...] | None:
    """The place in ``di``; () without one, None after a finding when it names no place."""
    text = entry.text("di")
    words = [int(word) if _ROW.fullmatch(word) else word.lower() for word in text.replace(",", " ").split()]
    fields = [word for word in words if isinstance(word, str)]
    known = {field.key for field in SOP_FIELDS} | {column.name for column in STEPS.columns}
    numbers = len(words) - len(fields)
    if all(field in known for field in fields) and numbers <= 1 and (not numbers or isinstance(words[0], str)):
        return tuple(words)
    entry.collector.add(
        faults.NOT_ALLOWED,
        entry.place("di"),
        say("`{text}` bukan tempat di SOP", text=text),
        say(
            "Tulis seperti: langkah 3, waktu, langkah 3 waktu, judul, atau dasar_hukum 2. Sebelum dibetulkan, "
            "pengecualian ini tidak dipakai."
        ),
    )
    return None


def _signer(reading: Reading, office: OfficeInput) -> Official | None:
    node = reading.get("pengesah")
    if isinstance(node, MapNode):
        data = Reading(node, reading.fields["pengesah"].fields, ("pengesah",), reading.collector)
        return Official(
            name=data.text("nama"),
            position=data.text("jabatan"),
            nip=data.text("nip"),
            rank=data.text("pangkat"),
            grade=data.text("golongan"),
            capacity=capacity(data.text("sebagai"), data.place("sebagai"), reading.collector),
            sex=sex(data.text("jenis_kelamin"), data.place("jenis_kelamin"), reading.collector),
            born=data.date("tanggal_lahir"),
        )
    wanted = reading.text("pengesah")
    if not wanted:
        return None
    for index, official in enumerate(office.office.officials):
        if official.id.casefold() == wanted.casefold():
            _point_at_register(index, reading, office)
            return official
    reading.collector.add(
        faults.REFERENCE,
        reading.place("pengesah"),
        say("pengesah `{id_}` tidak ada di pejabat.csv", id_=wanted),
        did_you_mean(wanted, [official.id for official in office.office.officials])
        if office.office.officials
        else say("Tambahkan pejabat itu ke pejabat.csv, atau tulis `pengesah: {jabatan: ..., nama: ...}`."),
    )
    return None


def _point_at_register(index: int, reading: Reading, office: OfficeInput) -> None:
    """Let findings about the signer's name or NIP point at the register where it is written."""
    for key in ("nama", "nip", "pangkat", "golongan", "jabatan", "sebagai"):
        place = office.places.get(("pejabat", index, key))
        if place is not None:
            reading.collector.places["pengesah", key] = place


MOST_STEPS = 1_000
"""No procedure has so many steps; flows and times of more would take minutes."""


def _too_many(count: int, reading: Reading) -> None:
    reading.collector.add(
        faults.TOO_COMPLEX,
        reading.collector.places["langkah",],
        say("SOP ini punya {n} langkah, paling banyak {most}", n=count, most=MOST_STEPS),
        say("Pecah menjadi beberapa SOP yang saling merujuk (kolom `rujukan`)."),
        blocks=True,
    )


def _raw_steps(reading: Reading, path: Path, root: Path, sources: list[Path]) -> tuple[tuple[Raw, ...], frozenset[str]]:
    node = reading.get("langkah")
    if isinstance(node, ListNode):
        return raw_of_list(node, reading.collector)
    if isinstance(node, MapNode):
        reading.wrong("langkah", node)
        return (), frozenset()
    table_path = _table_path(node, path)
    if table_path is None:
        return (), frozenset()
    if table_path != path:
        sources.append(table_path)
        if node is not None and not is_there(table_path):
            _no_table(reading, table_path, root)
            return (), frozenset()
    told = len(reading.collector.findings)
    table = read_table(table_path, root, STEPS, reading.collector)
    if table is None:
        # The steps stand where the fault is, so that no rule calls them missing on top of it.
        faults_here = reading.collector.findings[told:]
        if faults_here:
            reading.collector.places["langkah",] = faults_here[0].place
        return (), frozenset()
    reading.collector.places["langkah",] = table.place(table.header)
    _note_headers(table, reading)
    return raw_of_table(table)


def _note_headers(table: Table, reading: Reading) -> None:
    for column, position in table.columns.items():
        title = table.header.cells[position]
        if header_key(title) != header_key(column):
            note_label(("langkah", column), title, table.place(table.header, column), reading.collector)


def _table_path(node: TextNode | None, path: Path) -> Path | None:
    """Where the steps are: the named file, else sheet ``langkah`` of the workbook, else ``NAME.langkah.csv``."""
    if node is not None and node.text:
        return path.parent / node.text.strip()
    if path.suffix.lower() in WORKBOOKS:
        return path
    beside = path.with_name(f"{path.stem}.langkah.csv")
    return beside if is_there(beside) else None


def _no_table(reading: Reading, table_path: Path, root: Path) -> None:
    folder = table_path.parent
    beside = [path.name for path in folder.glob("*.csv")] if os.path.isdir(folder) else []  # noqa: PTH112 - never raises
    reading.collector.add(
        faults.MISSING,
        reading.place("langkah"),
        say("berkas langkah `{f}` tidak ada", f=shown(table_path, root)),
        did_you_mean(table_path.name, sorted(beside)) if beside else say("Buat berkas itu di folder yang sama."),
        blocks=True,
    )


def _no_actors(raws: tuple[Raw, ...], reading: Reading) -> None:
    """Steps name actors but the SOP lists no columns: one finding, with the list that is needed."""
    names = list(dict.fromkeys(name for raw in raws for name in actor_names(raw)))
    if names:
        reading.collector.add(
            faults.ACTOR,
            reading.collector.places.get(("pelaksana",), reading.collector.places[()]),
            say("daftar `pelaksana` kosong, padahal langkah menyebut pelaksana"),
            say("Tulis `pelaksana: [{names}]`.", names=", ".join(names)),
        )  # fmt: skip
