"""Reads an office folder: ``kantor.yaml`` and the registers beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from pipeline.model.finding import DataPath, Place, Severity, Stage
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import Message, say
from pipeline.model.naming import fold
from pipeline.model.office import (
    Bounds,
    Office,
    Official,
    Policy,
    RegionKind,
    SeverityChange,
    WorkHours,
)
from pipeline.model.picture import measured
from pipeline.readers import faults, registers
from pipeline.readers.book import book_words
from pipeline.readers.csvfile import read_table
from pipeline.readers.faults import Collector
from pipeline.readers.fields import Reading, not_allowed
from pipeline.readers.files import is_there, shown
from pipeline.readers.nodes import MapNode, TextNode
from pipeline.readers.office_archive import archiving
from pipeline.readers.office_fields import LEVEL_WORDS, LEVELS, OFF, OFFICE_FIELDS, STAGES
from pipeline.readers.publication import publication
from pipeline.readers.tables import Row, Table, TableSpec
from pipeline.readers.tame import is_tame
from pipeline.readers.trusted import trusted
from pipeline.readers.yamlfile import read_yaml


def read_office(folder: Path, root: Path) -> OfficeInput:
    """The office in ``folder``. Files that are absent are empty registers; only ``kantor.yaml`` has to be there.

    Never raises for what is in the files. ``places`` holds ``("kantor", key, ...)`` and ``(table, row, column)``
    where row is the
    index of the value in ``Office`` and table the file's name without ``.csv``.
    """
    collector = Collector()
    sources: list[Path] = []
    tables = [_table(folder, root, spec, collector, sources) for spec in registers.OFFICE_TABLES]
    positions = registers.positions(tables[0], collector)
    officials = registers.officials(tables[1], collector)
    regulations = registers.regulations(tables[2], collector)
    days_off, worked_days = registers.days_off(tables[3], collector)
    main = folder / "kantor.yaml"
    collector.places[()] = Place(shown(main, root))
    reading = _kantor(main, root, collector)
    office = replace(
        _office(folder, reading, collector, officials),
        positions=positions,
        officials=officials,
        regulations=regulations,
        days_off=days_off,
        worked_days=worked_days,
    )
    return OfficeInput(office, collector.places, tuple(collector.findings), (main, *sources), collector.digests)


def _table(folder: Path, root: Path, spec: TableSpec, collector: Collector, sources: list[Path]) -> Table:
    path = folder / f"{spec.sheet}.csv"
    table = None
    if is_there(path):
        sources.append(path)
        table = read_table(path, root, spec, collector)
    return table or Table(shown(path, root), {}, (), Row(1, 1, ()), name=spec.sheet)


def _kantor(path: Path, root: Path, collector: Collector) -> Reading:
    node = read_yaml(path, root, collector)
    place = Place(shown(path, root))
    if node is not None and not isinstance(node, MapNode):
        collector.add(
            faults.WRONG_TYPE,
            node.place,
            say("isi berkas harus pasangan `kunci: isi`"),
            say("Mulai dari contoh: `tertib new kantor`."),
        )
    reading = Reading(
        node if isinstance(node, MapNode) else MapNode({}, {}, place), OFFICE_FIELDS, ("kantor",), collector
    )
    if isinstance(node, MapNode):
        _prove_letterhead(reading, place, collector)
    return reading


def _prove_letterhead(reading: Reading, place: Place, collector: Collector) -> None:
    """The identity page of every SOP begins with the names of government and unit; without them it is incomplete."""
    nodes = {key: reading.get(key) for key in ("pemerintah", "unit")}
    lacking = [
        key
        for key, node in nodes.items()
        if node is None or (isinstance(node, TextNode) and not (node.text or "").strip())
    ]
    if lacking:
        collector.add(
            faults.INCOMPLETE,
            place,
            say(
                "kepala halaman identitas setiap SOP tidak lengkap tanpa {names}",
                names=", ".join(f"`{key}`" for key in lacking),
            ),
            say("Isi nama pemerintah daerah dan nama unit kerja, misalnya `unit: Sekretariat DPRD`."),
        )


def _office(folder: Path, reading: Reading, collector: Collector, officials: tuple[Official, ...]) -> Office:
    government = reading.text("pemerintah")
    logo = _logo(folder, reading)
    return Office(
        id=folder.resolve().name,
        folder=folder,
        government=government,
        unit=reading.text("unit"),
        region_kind=RegionKind(reading.choice("jenis_daerah", _region_kind(government).value)),
        address=reading.text("alamat"),
        phone=reading.text("telepon"),
        email=reading.text("surel"),
        website=reading.text("laman"),
        logo=logo[0] if logo else None,
        logo_pixels=logo[1] if logo else None,
        city=reading.text("tempat"),
        number_pattern=_pattern(reading),
        hours=_hours(reading),
        paper=reading.choice("kertas", ""),
        mark=reading.text("penanda"),
        publication=publication(reading),
        policy=_policy(reading, collector),
        signing_positions=reading.texts("pengesah_sop"),
        bounds=_bounds(reading),
        term_end=reading.date("akhir_masa_jabatan"),
        trusted=trusted(folder, reading),
        book=book_words(reading, officials),
        archiving=archiving(reading),
    )


_LATITUDES = (-12, 7)
_LONGITUDES = (94, 142)
"""Between these degrees lies Indonesia."""


def _bounds(reading: Reading) -> Bounds | None:
    """The box of the region; None unless all four sides are there and make one."""
    box = reading.mapping("batas_wilayah")
    if box is None:
        return None
    south, north = (box.degrees(key, *_LATITUDES) for key in ("selatan", "utara"))
    west, east = (box.degrees(key, *_LONGITUDES) for key in ("barat", "timur"))
    lacking = [key for key in ("selatan", "barat", "utara", "timur") if box.get(key) is None]
    if lacking:
        box.collector.add(
            faults.INCOMPLETE,
            reading.place("batas_wilayah"),
            say("`batas_wilayah` tanpa {names}", names=", ".join(f"`{key}`" for key in lacking)),
            say("Isi keempat sisinya; sampai itu koordinat usulan tidak dicocokkan dengan batas wilayah."),
        )
    if south is None or north is None or west is None or east is None:
        return None
    return _box(Bounds(south, west, north, east), box)


def _box(bounds: Bounds, box: Reading) -> Bounds | None:
    sides = (
        ("selatan", "utara", bounds.south < bounds.north),
        ("barat", "timur", bounds.west < bounds.east),
    )
    turned = [(low, high) for low, high, right in sides if not right]
    for low, high in turned:
        box.collector.add(
            faults.NUMBER,
            box.place(low),
            say("`{low}` harus lebih kecil daripada `{high}`", low=low, high=high),
            say("Periksa apakah keduanya tertukar; di selatan khatulistiwa, makin ke selatan makin kecil (-8 < -7)."),
        )
    return None if turned else bounds


def _logo(folder: Path, reading: Reading) -> tuple[Path, tuple[int, int]] | None:
    """The picture that ``logo`` names, with its pixels; None without one, and after a finding when it is no use."""
    name = reading.text("logo")
    if not name:
        return None
    path = folder / name
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_LOGO)
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        _bad_logo(_NO_LOGO if missing else _CLOSED_LOGO, name, reading)
        return None
    found = measured(data)
    if found is None:
        _bad_logo(_NO_PICTURE, name, reading)
        return None
    return path, found[1]


_LARGEST_LOGO = 32 * 1024 * 1024
_NO_LOGO = say("berkas logo tidak ditemukan")
_CLOSED_LOGO = say("berkas logo tidak dapat dibuka")
_NO_PICTURE = say("logo bukan gambar PNG atau JPEG")


def _bad_logo(what: Message, name: str, reading: Reading) -> None:
    reading.collector.add(
        faults.PICTURE,
        reading.place("logo"),
        say("{what}: `{name}`", what=what, name=name),
        say(
            "Letakkan gambar PNG atau JPEG di folder kantor dan tulis namanya, misalnya `logo: logo.png`; tanpa "
            "logo, hapus baris ini."
        ),
    )


def _region_kind(government: str) -> RegionKind:
    """The kind that the government's name states; regency, the most frequent, when it states none."""
    words = fold(government)
    if "provinsi" in words or "daerahkhusus" in words:
        return RegionKind.PROVINCE
    return RegionKind.CITY if "kota" in words and "kabupaten" not in words else RegionKind.REGENCY


def _pattern(reading: Reading) -> str:
    text = reading.text("pola_nomor")
    try:
        groups = re.compile(text).groupindex
    except (re.error, OverflowError, RecursionError) as error:
        _bad_pattern(reading.place("pola_nomor"), _pattern_fault(error), reading)
        return ""
    if not is_tame(text):
        _bad_pattern(reading.place("pola_nomor"), _WILD_PATTERN, reading)
        return ""
    unknown = sorted(set(groups) - {"klasifikasi", "urut", "tahun"})
    if unknown:
        names = ", ".join(unknown)
        message = say("kelompok pola tidak dikenal: {n}", n=names)
        _bad_pattern(reading.place("pola_nomor"), message, reading)
    return text


_PATTERN_FAULTS: tuple[tuple[str, Message], ...] = (
    ("missing )", say("kurung `(` tidak ditutup dengan `)`")),
    ("unbalanced parenthesis", say("kurung `)` tanpa `(`")),
    ("unterminated character set", say("kurung siku `[` tidak ditutup dengan `]`")),
    (
        "nothing to repeat",
        say("tidak ada yang diulang oleh `*`, `+`, atau `?`"),
    ),
    ("multiple repeat", say("tanda ulang `*`, `+`, atau `?` ditulis dua kali")),
    ("bad escape", say("tanda `\\` tidak pada tempatnya")),
    ("redefinition of group", say("satu nama kelompok dipakai dua kali")),
    ("group name", say("nama kelompok salah tulis")),
    (
        "bad character range",
        say("rentang huruf di dalam `[...]` terbalik"),
    ),
    (
        "min repeat greater",
        say("angka di dalam `{...}` terbalik"),
    ),
)


_WILD_PATTERN = say("pola mengulang hal yang sudah berulang; pencocokannya bisa tidak pernah selesai")
_NO_PATTERN = say("polanya tidak dapat dibaca")


def _pattern_fault(error: Exception) -> Message:
    """What is wrong with a regular expression, and at which sign of it."""
    text = str(error)
    known = next((words for part, words in _PATTERN_FAULTS if part in text), _NO_PATTERN)
    position = error.pos if isinstance(error, re.error) else None
    if position is None:
        return say("pola salah: {known}", known=known)
    return say("pola salah: {known} (tanda ke-{n})", known=known, n=position + 1)


def _bad_pattern(place: Place, message: Message, reading: Reading) -> None:
    reading.collector.add(
        faults.PATTERN,
        place,
        message,
        say(r"Contoh: '(?P<klasifikasi>[\d.]+)/(?P<urut>\d+)/(?P<tahun>\d{4})'"),
    )


def _hours(reading: Reading) -> WorkHours:
    default = WorkHours()
    hours = reading.mapping("jam_kerja")
    if hours is None:
        return default
    per_day = hours.number("jam_per_hari")
    if per_day is not None and per_day > 24:
        not_allowed("jam_per_hari", hours.text("jam_per_hari"), ("1-24",), hours.place("jam_per_hari"), hours.collector)
        per_day = None
    return WorkHours(
        Fraction(per_day) if per_day else default.hours_per_day,
        hours.integer("hari_per_minggu", 1, 7) or default.days_per_week,
    )


def _policy(reading: Reading, collector: Collector) -> Policy:
    rules = reading.mapping("aturan")
    if rules is None:
        return Policy()
    return Policy(
        tuple(code for code in rules.texts("pilih") if code),
        tuple(code for code in rules.texts("abaikan") if code),
        tuple(_severities(rules, collector)),
        rules.integer("masa_tinjau", 1, 240) or Policy().review_months,
    )


def _severities(rules: Reading, collector: Collector) -> Iterator[SeverityChange]:
    node = rules.get("tingkat")
    if node is None:
        return
    if not isinstance(node, MapNode):
        rules.wrong("tingkat", node)
        return
    for code, value in node.entries.items():
        path: DataPath = (*rules.path, "tingkat", code)
        collector.places[path] = value.place
        if isinstance(value, TextNode):
            yield from _change(code, None, value, collector)
        elif isinstance(value, MapNode):
            yield from _per_stage(code, value, path, collector)
        else:
            not_allowed(code, "[...]", LEVELS, value.place, collector)


def _per_stage(code: str, node: MapNode, path: DataPath, collector: Collector) -> Iterator[SeverityChange]:
    for stage, value in node.entries.items():
        collector.places[(*path, stage)] = value.place
        if stage not in STAGES:
            not_allowed(code, stage, STAGES, node.keys[stage], collector)
        elif isinstance(value, TextNode):
            yield from _change(code, Stage(stage), value, collector)
        else:
            not_allowed(code, "...", LEVELS, value.place, collector)


def _change(code: str, stage: Stage | None, node: TextNode, collector: Collector) -> Iterator[SeverityChange]:
    text = (node.text or "").strip().casefold()
    if text in LEVELS:
        yield SeverityChange(code, None if text == OFF else LEVEL_WORDS.get(text) or Severity(text), stage)
    else:
        not_allowed(code, node.text or "", LEVELS, node.place, collector)
