"""The step table: from a CSV, a sheet or an inline list to ``Step`` values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.model.finding import Place, Related
from pipeline.model.message import Message, say
from pipeline.model.naming import ActorIndex
from pipeline.model.sop import END, Branch, Step, StepKind
from pipeline.readers import faults
from pipeline.readers.durations import parse_time
from pipeline.readers.faults import Collector
from pipeline.readers.fields import not_allowed
from pipeline.readers.headers import header_key, known_headers
from pipeline.readers.nearest import did_you_mean, meant, nearest
from pipeline.readers.nodes import ListNode, MapNode, Node, TextNode, describe
from pipeline.readers.registers import split
from pipeline.readers.tables import CellPlaces, Column, Table, TableSpec


def _column(name: str, about: Message, *synonyms: str, required: bool = False, example: str = "") -> Column:
    return Column(name, about, required, synonyms, example)


STEPS = TableSpec(
    "langkah",
    (
        _column("no", say("nomor langkah, 1..n"), "nomor", "no urut", required=True, example="2"),
        _column(
            "kegiatan",
            say("kegiatan, diawali kata kerja aktif"),
            "uraian kegiatan",
            "uraian prosedur",
            "uraian",
            "aktivitas",
            "aktifitas",
            "langkah",
            "prosedur",
            "kegiatan/aktivitas",
            required=True,
            example="Memeriksa surat masuk",
        ),
        _column(
            "pelaksana",
            say("satu atau beberapa pelaksana, dipisah `;`, atau `>` bila diteruskan"),
            "pelaksana kegiatan",
            "aktor",
            required=True,
            example="Sekretaris DPRD",
        ),
        _column(
            "kelengkapan",
            say("kelengkapan, dipisah `;`"),
            "mutu baku kelengkapan",
            "persyaratan",
            "persyaratan/kelengkapan",
            "kelengkapan/persyaratan",
            "persyaratan/perlengkapan",
            "perlengkapan",
            "mutu baku persyaratan",
            "mutu baku persyaratan/kelengkapan",
            "input",
            example="Surat masuk tercatat",
        ),
        _column(
            "waktu",
            say("waktu penyelesaian"),
            "mutu baku waktu",
            "jangka waktu",
            "waktu penyelesaian",
            example="1 jam",
        ),
        _column(
            "output",
            say("keluaran, dipisah `;`"),
            "mutu baku output",
            "keluaran",
            "hasil",
            example="Lembar disposisi",
        ),
        _column("keterangan", say("keterangan"), "ket", "catatan", example="Salinan ke arsip"),
        _column(
            "jenis",
            say("mulai, proses, keputusan, atau selesai"),
            "simbol",
            example="keputusan",
        ),
        _column("ya", say("langkah tujuan bila ya"), example="3"),
        _column("tidak", say("langkah tujuan bila tidak"), example="1"),
        _column("cabang", say("cabang lain: `A=5; B=7`"), example="A=5; B=7"),
        _column(
            "lanjut",
            say("langkah berikut: `7`, `5;6`, `selesai`"),
            "lanjut ke",
            example="5;6",
        ),
        _column(
            "dalam",
            say("langkah yang memuat waktu langkah ini"),
            example="4",
        ),
        _column(
            "rujukan",
            say("SOP lain yang mengatur langkah ini, misalnya `SOP Penyusunan Renstra`"),
            "rujukan sop",
            "sop rujukan",
            "lihat sop",
            "sop lain",
            "sop terkait",
            "referensi",
            example="SOP Pengarsipan Surat",
        ),
    ),
)
"""Columns of ``NAME.langkah.csv``; the synonyms are the headers of official forms."""

_HAND_OVER = re.compile(r"\s*(?:[-=]*>|→|»)\s*")
_KINDS = tuple(kind.value for kind in StepKind)


@dataclass(frozen=True, slots=True)
class Raw:
    """One step as its source states it: cells by canonical column, with their places."""

    cells: Mapping[str, str | tuple[str, ...]]
    places: Mapping[str, Place]
    place: Place

    def text(self, column: str) -> str:
        """The cell as one text."""
        cell = self.cells.get(column, "")
        return cell if isinstance(cell, str) else "; ".join(cell)

    def items(self, column: str) -> tuple[str, ...]:
        """The cell as a list; a text is split at ``;``."""
        cell = self.cells.get(column, "")
        return split(cell) if isinstance(cell, str) else cell

    def at(self, column: str) -> Place:
        """Place of the cell, of the step when it has none."""
        return self.places.get(column, self.place)


def raw_of_table(table: Table) -> tuple[tuple[Raw, ...], frozenset[str]]:
    """The steps of a table, and the columns it has."""
    steps = tuple(Raw(cells, CellPlaces(table, row), table.place(row)) for row, cells in table.records())
    return steps, frozenset(table.columns)


def raw_of_list(node: ListNode, collector: Collector) -> tuple[tuple[Raw, ...], frozenset[str]]:
    """The steps of an inline list, and the union of the keys they use."""
    known = known_headers(STEPS)
    steps = tuple(_raw(item, known, collector) for item in node.items if _is_step(item, collector))
    return steps, frozenset(column for step in steps for column in step.cells)


def _is_step(item: Node, collector: Collector) -> bool:
    if isinstance(item, MapNode):
        return True
    collector.add(
        faults.WRONG_TYPE,
        item.place,
        say("langkah harus pasangan kunci, bukan {found}", found=describe(item)),
        say("Contoh: `- {no: 1, kegiatan: ..., pelaksana: ...}`"),
        blocks=True,
    )
    return False


def _raw(item: Node, known: Mapping[str, str], collector: Collector) -> Raw:
    cells: dict[str, str | tuple[str, ...]] = {}
    places: dict[str, Place] = {}
    for key, value in item.entries.items() if isinstance(item, MapNode) else ():
        key_place = item.keys[key] if isinstance(item, MapNode) else item.place
        column = known.get(header_key(key))
        if column is None:
            collector.add(
                faults.UNKNOWN_KEY,
                key_place,
                say("kunci `{key}` tidak dikenal", key=key),
                did_you_mean(key, [column.name for column in STEPS.columns]),
            )
            continue
        if column in cells:
            first = Related(places[column], say("yang pertama"))
            collector.add(
                faults.DUPLICATE_KEY,
                key_place,
                say("`{key}` sama dengan `{column}` di atas", key=key, column=column),
                say("Hapus salah satu."),
                [first],
            )  # fmt: skip
            continue
        cells[column] = _cell(column, value, collector)
        places[column] = key_place if isinstance(value, TextNode) and value.text is None else value.place
    return Raw(cells, places, item.place)


def _cell(column: str, node: Node, collector: Collector) -> str | tuple[str, ...]:
    if isinstance(node, TextNode):
        return (node.text or "").strip()
    parts = node.items if isinstance(node, ListNode) else tuple(node.entries.values())
    bad = next((part for part in parts if not isinstance(part, TextNode)), None)
    if isinstance(node, MapNode) and column != "cabang":
        bad = node
    if bad is not None:
        collector.add(
            faults.WRONG_TYPE,
            bad.place,
            say("`{c}` harus teks atau daftar teks, bukan {found}", c=column, found=describe(bad)),
            say("Bila teks berisi titik dua, apit dengan tanda kutip."),
        )  # fmt: skip
        return ""
    texts = tuple((part.text or "").strip() for part in parts if isinstance(part, TextNode))
    if isinstance(node, MapNode):
        return tuple(f"{key}={text}" for key, text in zip(node.entries, texts, strict=True))
    return tuple(text for text in texts if text)


def read_steps(raws: tuple[Raw, ...], actors: ActorIndex, collector: Collector) -> tuple[Step, ...]:
    """The steps; places go to ``("langkah", row)``, those of their cells to ``cells``."""
    numbered = any(raw.text("no") for raw in raws)
    if raws and not numbered and all("no" not in raw.cells for raw in raws):
        _unnumbered(raws[0], collector)
    steps = []
    collector.cells = tuple(raw.places for raw in raws)
    for row, raw in enumerate(raws):
        collector.places["langkah", row] = raw.place
        number = _number(raw, collector) if numbered else row + 1
        steps.append(_step(raw, number, row, len(raws), actors, collector))
    return tuple(steps)


def _step(raw: Raw, number: int | None, row: int, count: int, actors: ActorIndex, collector: Collector) -> Step:
    names, handover = _actors(raw, collector)
    branches = tuple(_branches(raw, collector))
    return Step(
        number=number,
        activity=raw.text("kegiatan"),
        actors=names,
        columns=tuple(_column_of(name, raw, actors, collector) for name in names),
        inputs=raw.items("kelengkapan"),
        time=parse_time(raw.text("waktu")) if "waktu" in raw.cells else None,
        outputs=raw.items("output"),
        remark=raw.text("keterangan"),
        kind=_kind(raw, bool(branches), row, count, collector),
        branches=branches,
        next=tuple(_targets(raw, "lanjut", collector)),
        within=_within(raw, collector),
        reference=raw.text("rujukan"),
        handover=handover,
    )


def actor_names(raw: Raw) -> tuple[str, ...]:
    """The names in ``pelaksana``, however they are separated."""
    return tuple(name for part in _handed(raw) for name in part)


def _handed(raw: Raw) -> list[list[str]]:
    return [[name.strip() for name in _HAND_OVER.split(item) if name.strip()] for item in raw.items("pelaksana")]


def _actors(raw: Raw, collector: Collector) -> tuple[tuple[str, ...], bool]:
    """The names in ``pelaksana``, and whether they hand over to one another (``A > B``) instead of acting together."""
    parts, names = _handed(raw), actor_names(raw)
    passed = any(len(part) > 1 for part in parts)
    if passed and len(parts) > 1:
        collector.add(
            faults.ACTOR,
            raw.at("pelaksana"),
            say("`pelaksana` memakai `;` dan `>` sekaligus"),
            say("Pakai `;` bila dikerjakan bersama, `>` bila diteruskan dari yang satu ke yang lain."),
        )
        return names, False
    return names, passed


def _unnumbered(first: Raw, collector: Collector) -> None:
    # A table without the column has been reported as such; only an inline list comes here unreported.
    if first.place.cell is None:
        collector.add(
            faults.STEP_NUMBER,
            first.place,
            say("langkah tidak bernomor (`no`)"),
            say("Beri `no: 1` dan seterusnya."),
        )


def _number(raw: Raw, collector: Collector) -> int | None:
    text = raw.text("no")
    found = re.fullmatch(r"0*([1-9][0-9]{0,3})\s*[.)]?", text)
    if found:
        return int(found.group(1))
    collector.add(
        faults.STEP_NUMBER,
        raw.at("no"),
        say("nomor langkah `{text}` tidak terbaca", text=text) if text else say("nomor langkah kosong"),
        say("Tulis angka 1, 2, 3, ..."),
    )
    return None


def _column_of(name: str, raw: Raw, actors: ActorIndex, collector: Collector) -> int | None:
    column = actors.column(name)
    if column is None and actors.columns:
        collector.add(
            faults.ACTOR,
            raw.at("pelaksana"),
            say("pelaksana `{n}` tidak ada di daftar `pelaksana`", n=name),
            _actor_help(name, actors),
        )  # fmt: skip
    return column


def _actor_help(name: str, actors: ActorIndex) -> Message:
    return say(
        "{meant}Samakan namanya, tambahkan ke `pelaksana`, atau daftarkan sebagai alias di jabatan.csv.",
        meant=meant(nearest(name, actors.columns)),
    )


def _kind(raw: Raw, branches: bool, row: int, count: int, collector: Collector) -> StepKind:
    """The stated ``jenis``, else what the row's exits and place in the table say."""
    stated = raw.text("jenis").casefold()
    if stated in _KINDS:
        return StepKind(stated)
    if stated:
        not_allowed("jenis", raw.text("jenis"), _KINDS, raw.at("jenis"), collector)
    if branches:
        return StepKind.DECISION
    if row == 0:
        return StepKind.START
    return StepKind.END if row == count - 1 else StepKind.PROCESS


def _branches(raw: Raw, collector: Collector) -> Iterator[Branch]:
    for column, label in (("ya", "Ya"), ("tidak", "Tidak")):
        yield from (Branch(label, target) for target in _targets(raw, column, collector))
    for item in raw.items("cabang"):
        label, sign, target_text = _split_branch(item)
        target = _target(target_text) if sign and label else None
        if target is None:
            _bad_target(raw, "cabang", item, collector)
        else:
            yield Branch(label, target)


def _split_branch(item: str) -> tuple[str, str, str]:
    label, sign, target = item.rpartition("=")
    if not sign:
        label, sign, target = item.rpartition(":")
    return label.strip(), sign, target.strip()


def _targets(raw: Raw, column: str, collector: Collector) -> Iterator[int]:
    items: Iterable[str] = raw.items(column)
    if column == "lanjut":
        items = [part.strip() for item in items for part in item.split(",") if part.strip()]
    for item in items:
        target = _target(item)
        if target is None:
            _bad_target(raw, column, item, collector)
        else:
            yield target


def _target(text: str) -> int | None:
    if text.casefold() == "selesai":
        return END
    return int(text) if re.fullmatch(r"0*[1-9][0-9]{0,3}", text) else None


def _within(raw: Raw, collector: Collector) -> int | None:
    text = raw.text("dalam")
    if not text:
        return None
    target = _target(text)
    if target is None or target == END:
        _bad_target(raw, "dalam", text, collector)
        return None
    return target


def _bad_target(raw: Raw, column: str, text: str, collector: Collector) -> None:
    examples = {"cabang": "`A=5; B=7`", "lanjut": "`7`, `5;6`, `selesai`", "dalam": "`5`"}
    example = examples.get(column, "`5`, `selesai`")
    collector.add(
        faults.TARGET,
        raw.at(column),
        say("`{column}` tidak terbaca: `{text}`", column=column, text=text),
        say("Tulis nomor langkah: {e}.", e=example),
    )
