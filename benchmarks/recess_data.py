"""Makes an office with one recess of any size out of the words of the example: same arguments, same bytes.

Run as ``python -m benchmarks.recess_data DIR --members 50 --proposals 5000 --seed 1``. The data are valid: nothing in
them keeps the reports from being made. As in real ones, some 8 % of the proposals are heard again by another member of
the same district, in the same or other words, amounts are written in several forms, and some are missing.
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.many import EXAMPLE

RECESS = "2026-masa-1"
EARLIER = "2025-masa-3"
REPEATED = 0.08
CAME_BACK = 0.1
NO_AMOUNT = 0.04
DAYS = 6
_STARTS = {RECESS: date(2026, 2, 2), EARLIER: date(2025, 10, 6)}
_TIMES = ("08.30", "10.00", "13.30", "15.30", "19.30")
_VENUES = ("Balai Desa {}", "Pendopo Desa {}", "Halaman Masjid Jami {}", "Gedung Serbaguna {}", "Rumah Warga RT 02 {}")
_STATES = {RECESS: ("Diusulkan", "Terverifikasi", "Perlu Kelengkapan"), EARLIER: ("Diusulkan", "Terverifikasi")}
_PRIORITIES = ("Tinggi", "Sedang", "Sedang", "Rendah")
_REMARKS = ("", "", "", "", "Lahan milik desa", "Proposal menyusul", "Warga siap bergotong royong")
_AREA_WORDS = ("timur", "barat", "utara", "selatan", "tengah")


@dataclass(frozen=True, slots=True)
class Kind:
    """A thing that people ask for, as the example words it; amounts are rupiah for one unit."""

    text: str
    field: str
    agency: str
    place: str  # "SD Negeri Contoh", "Dusun" ...: numbers are added
    unit: str
    volumes: tuple[int, ...]
    price: int | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A row of ``pertemuan.csv``."""

    id: str
    member: str
    day: date
    time: str
    subdistrict: str
    village: str
    venue: str
    people: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row of ``aspirasi.csv``; ``amount`` as it is written there."""

    meeting: Meeting
    text: str
    kind: Kind
    village: str
    place: str
    volume: str
    rupiah: int | None
    amount: str
    priority: str
    status: str
    remark: str

    def cells(self, number: int, width: int) -> tuple[str, ...]:
        """The cells in the order of the columns."""
        meeting, kind = self.meeting, self.kind
        return (
            f"U{number:0{width}d}",
            meeting.id,
            meeting.member,
            self.text,
            kind.field,
            kind.agency,
            meeting.subdistrict,
            self.village,
            self.place,
            self.volume,
            kind.unit,
            self.amount,
            self.priority,
            self.status,
            self.remark,
        )


def make_office(
    folder: Path, *, members: int = 50, proposals: int = 5000, seed: int = 1, earlier: bool = False, areas: bool = False
) -> Path:
    """Write an office into ``folder`` and give the folder of its recess.

    ``earlier`` adds the recess before it, of which some proposals come back; ``areas`` adds ``wilayah.csv``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("kantor.yaml", "pejabat.csv", "hari-libur.csv", "logo.png"):
        shutil.copyfile(EXAMPLE / name, folder / name)
    maker = _Maker(Random(seed), members)
    before: Sequence[Proposal] = ()
    if earlier:
        before = maker.recess(folder / "reses" / EARLIER, proposals, ())
    maker.recess(folder / "reses" / RECESS, proposals, before)
    if areas:
        rows = (
            (d, s, v) for d, subdistricts in maker.areas.items() for s, names in subdistricts.items() for v in names
        )
        _table(folder / "wilayah.csv", ("dapil", "kecamatan", "desa"), rows)
    return folder / "reses" / RECESS


class _Maker:
    """One office's members, places and kinds of proposals; gives its recesses."""

    def __init__(self, random: Random, members: int) -> None:
        self._random = random
        self._kinds = _kinds()
        self.areas = _areas()
        self._villages = {name: villages for places in self.areas.values() for name, villages in places.items()}
        self._members = list(_members(members))

    def recess(self, folder: Path, count: int, before: Sequence[Proposal]) -> list[Proposal]:
        folder.mkdir(parents=True, exist_ok=True)
        meetings = self._meetings(folder.name, count)
        rows = self._proposals(folder.name, count, meetings, before)
        rows.sort(key=lambda row: row.meeting.id)
        width = max(4, len(str(count)))
        (folder / "reses.yaml").write_text(_settings(folder.name), encoding="utf-8")
        _table(folder / "anggota.csv", ("id", "nama", "fraksi", "komisi", "dapil", "jabatan"), self._members)
        _table(folder / "pertemuan.csv", _columns("pertemuan"), map(_meeting_cells, meetings))
        cells = (row.cells(number, width) for number, row in enumerate(rows, 1))
        _table(folder / "aspirasi.csv", _columns("aspirasi"), cells)
        return rows

    def _meetings(self, recess: str, count: int) -> list[Meeting]:
        each = min(DAYS * len(_TIMES), max(4, round(count / max(len(self._members), 1) / 12)))
        taken: set[tuple[str, date, str]] = set()
        made: list[Meeting] = []
        slots = [(day, time) for day in range(DAYS) for time in _TIMES]
        for member in self._members:
            for day, time in sorted(self._random.sample(slots, each)):
                made.append(self._meeting(f"P{len(made) + 1:05d}", member, _STARTS[recess], day, time, taken))
        return made

    def _meeting(
        self, id_: str, member: tuple[str, ...], start: date, day: int, time: str, taken: set[tuple[str, date, str]]
    ) -> Meeting:
        """A meeting in a village of the member's district where none else is at that time, if there is one left."""
        pick, held = self._random, start + timedelta(days=day)
        for _ in range(20):
            subdistrict, villages = pick.choice(list(self.areas[member[4]].items()))
            village = pick.choice(villages)
            if (village, held, time) not in taken:
                break
        taken.add((village, held, time))
        venue = pick.choice(_VENUES).format(village)
        return Meeting(id_, member[0], held, time, subdistrict, village, venue, pick.randint(60, 240))

    def _proposals(
        self, recess: str, count: int, meetings: list[Meeting], before: Sequence[Proposal]
    ) -> list[Proposal]:
        """``count`` rows: each meeting has some, and some are said again at another meeting in the subdistrict."""
        pick = self._random
        there: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in meetings:
            there[meeting.subdistrict].append(meeting)
        again = round(count * REPEATED) if len(self._members) > 1 else 0
        back = min(len(before), round(count * CAME_BACK))
        each = len(meetings) // len(self._members) if self._members else 0
        in_turn = [
            meetings[at] for first in range(each) for at in range(first, len(meetings), each)
        ]  # a row for everyone
        rows = [self._proposal(recess, in_turn[at % len(in_turn)]) for at in range(count - again - back)]
        for old in pick.sample(before, back):
            meeting = pick.choice(there[old.meeting.subdistrict] or meetings)
            rows.append(replace(old, meeting=meeting, status=pick.choice(_STATES[recess])))
        originals = len(rows)
        while len(rows) < count:
            rows.append(self._repeat(rows[pick.randrange(originals)], there) if originals else rows[0])
        return rows

    def _proposal(self, recess: str, meeting: Meeting) -> Proposal:
        pick = self._random
        kind = pick.choice(self._kinds)
        village = meeting.village
        if pick.random() < 0.15:
            village = pick.choice(self._villages[meeting.subdistrict])
        volume = pick.choice(kind.volumes) if kind.volumes else None
        rupiah = None
        if kind.price is not None and volume and pick.random() >= NO_AMOUNT:
            rupiah = max(100_000, round(kind.price * volume * pick.uniform(0.8, 1.25) / 100_000) * 100_000)
        return Proposal(
            meeting,
            kind.text,
            kind,
            village,
            self._place(kind),
            "" if volume is None else str(volume),
            rupiah,
            self._written(rupiah),
            pick.choice(_PRIORITIES),
            pick.choice(_STATES[recess]),
            pick.choice(_REMARKS),
        )

    def _place(self, kind: Kind) -> str:
        pick = self._random
        if kind.place:
            return f"{kind.place} {pick.randint(1, 40)}, RT {pick.randint(1, 12):02d} RW {pick.randint(1, 12):02d}"
        part = f" bagian {pick.choice(_AREA_WORDS)}" if pick.random() < 0.3 else ""
        return f"Dusun {pick.randint(1, 6)}{part}, RT {pick.randint(1, 15):02d} RW {pick.randint(1, 15):02d}"

    def _repeat(self, row: Proposal, there: dict[str, list[Meeting]]) -> Proposal:
        """``row`` heard by another member, where one meets in the same subdistrict."""
        pick = self._random
        others = there[row.meeting.subdistrict]
        meeting = pick.choice(others)
        for _ in range(5):
            if meeting.member != row.meeting.member:
                break
            meeting = pick.choice(others)
        return replace(row, meeting=meeting, text=self._other_words(row.text), amount=self._written(row.rupiah))

    def _other_words(self, text: str) -> str:
        lower = text[:1].lower() + text[1:]
        others = (text.upper(), f"{text}.", f"Mohon {lower}", f"Usulan {lower}", f"{text} segera", f"{text} bagi warga")
        return self._random.choice((text, text, *others))

    def _written(self, rupiah: int | None) -> str:
        if rupiah is None:
            return ""
        dotted = f"{rupiah:,}".replace(",", ".")
        return self._random.choice((str(rupiah),) * 5 + (dotted, f"Rp{dotted}", f"Rp {dotted},-"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (EXAMPLE / "reses" / RECESS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _columns(name: str) -> tuple[str, ...]:
    return tuple(next(_rows(name)))


def _kinds() -> list[Kind]:
    """The kinds of the example, each as often as there, so that large fields stay large."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows("aspirasi"):
        found.setdefault(row["uraian"].rstrip(".").casefold(), []).append(row)
    return [kind for rows in found.values() for kind in [_kind(rows)] * len(rows)]


def _kind(rows: list[dict[str, str]]) -> Kind:
    first = next((row for row in rows if not row["uraian"].isupper()), rows[0])
    priced = [(_number(r["anggaran"]), _number(r["volume"])) for r in rows]
    prices = sorted(amount // volume for amount, volume in priced if amount and volume)
    return Kind(
        first["uraian"].rstrip("."),
        first["bidang"],
        first["opd"],
        _noun(rows),
        first["satuan"],
        tuple(dict.fromkeys(volume for _, volume in priced if volume)),
        prices[len(prices) // 2] if prices else None,
    )


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def _noun(rows: list[dict[str, str]]) -> str:
    """What numbered thing the places of ``rows`` name ("SD Negeri Contoh"); "" when they are just anywhere."""
    for row in rows:
        found = re.fullmatch(r"((?:[A-Z]\w+ )+Contoh)( [A-Z][a-z]+)? \d+", row["lokasi"])
        if found:
            return found[1] if found[0].count(row["desa"]) else f"{found[1]}{found[2] or ''}"
    return ""


def _areas() -> dict[str, dict[str, list[str]]]:
    """Villages by subdistrict by district, as the meetings and proposals of the example name them."""
    districts = {row["id"]: row["dapil"] for row in _rows("anggota")}
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in ("pertemuan", "aspirasi"):
        for row in _rows(name):
            villages = found[districts[row["anggota_id"]]][row["kecamatan"]]
            if row["desa"] not in villages:
                villages.append(row["desa"])
    return found


def _members(count: int) -> Iterator[tuple[str, ...]]:
    models = list(_rows("anggota"))
    width = max(2, len(str(count)))
    for number in range(1, count + 1):
        model = models[(number - 1) % len(models)]
        again = number > len(models)
        commission = model["komisi"] or ("Komisi I" if again else "")
        position = "Anggota" if again else model["jabatan"]
        id_ = f"{number:0{width}d}"
        yield f"A{id_}", f"Anggota Contoh {id_}", model["fraksi"], commission, model["dapil"], position


def _meeting_cells(meeting: Meeting) -> tuple[str, ...]:
    return (
        meeting.id,
        meeting.member,
        meeting.day.isoformat(),
        meeting.time,
        meeting.subdistrict,
        meeting.village,
        meeting.venue,
        str(meeting.people),
        "3",
        "ada",
    )


def _settings(recess: str) -> str:
    """The example's ``reses.yaml`` with the dates of this recess."""
    text = (EXAMPLE / "reses" / RECESS / "reses.yaml").read_text(encoding="utf-8")
    year, number = re.findall(r"\d+", recess)
    start = _STARTS[recess]
    values = {
        "tahun": year,
        "masa": number,
        "mulai": start,
        "selesai": start + timedelta(days=DAYS - 1),
        "pengumuman": start - timedelta(days=7),
        "tanggal_laporan": start + timedelta(days=16),
    }
    for key, value in values.items():
        text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", text)
    if recess == EARLIER:
        text = re.sub(r"Nomor 2 Tahun 2026 tentang Jadwal Reses Masa Persidangan I\b", _DECREE, text)
    return text


_DECREE = "Nomor 9 Tahun 2025 tentang Jadwal Reses Masa Persidangan III"


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description="Writes an office with a recess of any size.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--members", type=int, default=50)
    parser.add_argument("--proposals", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--earlier", action="store_true", help="add the recess before it")
    parser.add_argument("--areas", action="store_true", help="add wilayah.csv")
    given = parser.parse_args()
    make_office(
        given.folder,
        members=given.members,
        proposals=given.proposals,
        seed=given.seed,
        earlier=given.earlier,
        areas=given.areas,
    )


if __name__ == "__main__":
    main()
