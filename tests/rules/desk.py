"""Builds SOPs for the rule tests from the form's own keys, merged over one complete SOP without findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from pipeline.model.finding import DataPath, Finding, Place, Severity, Stage
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.naming import ActorIndex
from pipeline.model.office import (
    ActorKind,
    Office,
    Official,
    OwnRegulation,
    Policy,
    Position,
    RegionKind,
    SeverityChange,
    Sex,
)
from pipeline.model.sop import END, Acceptance, Branch, Revision, Sop, SopType, Step, StepKind
from pipeline.readers.durations import parse_time
from pipeline.rules.engine import Facts

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 11, 21)


class Loader(yaml.SafeLoader):
    """Keeps ``no`` a word."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(name: str) -> dict[str, Any]:
    """A case file."""
    data = yaml.load((CASES / f"{name}.yaml").read_text(encoding="utf-8"), Loader)
    assert isinstance(data, dict)
    return data


class Places(Mapping[DataPath, Place]):
    """Gives every path a place that spells the path, so that tests can read it back."""

    def __getitem__(self, path: DataPath) -> Place:
        return Place("sop.yaml", cell="/".join(map(str, path)))

    def __iter__(self) -> Iterator[DataPath]:
        return iter(())

    def __len__(self) -> int:
        return 0


def path_of(finding: Finding) -> str:
    """The data path of a finding, its parts joined by ``/``."""
    return finding.place.cell or ""


def item(case: Mapping[str, Any] | None = None, name: str = "contoh") -> SopInput:
    """An SOP from a case: ``sop`` keys replace the base's, ``ubah`` patches rows (from 1), ``kantor`` the office."""
    case = case or {}
    form = {**load("_base"), **(case.get("sop") or {})}
    for number, patch in (case.get("ubah") or {}).items():
        form["langkah"][number - 1] = {**form["langkah"][number - 1], **patch}
    office = _office(case.get("kantor") or {})
    sop = _sop(form, office, f"{name}/sop/naskah")
    source = OfficeInput(office, Places(), (), ())
    return SopInput(sop.id, Path("sop.yaml"), sop, source, Places(), (), ())


def facts(case: Mapping[str, Any]) -> Facts:
    given = case.get("fakta") or {}
    stage = Stage(given["tahap"]) if "tahap" in given else None
    as_of = given.get("pada")
    return Facts(as_of=as_of, today=given.get("hari_ini", TODAY), stage=stage)


def _office(given: Mapping[str, Any]) -> Office:
    positions = [
        Position(**{**row, "kind": ActorKind(row.get("kind", "internal"))}) for row in given.get("jabatan", ())
    ]
    logo = given.get("logo", (400, 500))
    for position in positions:
        assert isinstance(position.aliases, list | tuple)
    return Office(
        id="contoh",
        folder=Path("inputs/contoh"),
        government=given.get("pemerintah", "Pemerintah Kabupaten Contoh"),
        unit=given.get("unit", "Sekretariat DPRD"),
        region_kind=RegionKind(given.get("jenis_daerah", "kabupaten")),
        number_pattern=given.get("pola_nomor", ""),
        positions=tuple(Position(p.name, p.abbreviation, tuple(p.aliases), p.unit, p.kind) for p in positions),
        regulations=tuple(OwnRegulation(**row) for row in given.get("regulasi", ())),
        days_off=given.get("libur", {}),
        worked_days=given.get("masuk", {}),
        officials=tuple(_official(row) for row in given.get("pejabat", ())),
        logo=Path("logo.png") if logo else None,
        logo_pixels=tuple(logo) if logo else None,
        signing_positions=_many(given.get("pengesah_sop")),
        policy=Policy(
            select=tuple(given.get("pilih", ())),
            ignore=tuple(given.get("abaikan", ())),
            severities=tuple(
                SeverityChange(code, Severity(level)) for code, level in (given.get("tingkat") or {}).items()
            ),
            review_months=given.get("masa_tinjau", 24),
        ),
    )


def _sop(form: Mapping[str, Any], office: Office, sop_id: str) -> Sop:
    dates = form.get("tanggal") or {}
    actors = tuple(form.get("pelaksana") or ())
    index = ActorIndex(actors, office.positions, office.region)
    steps = tuple(_step(row, index) for row in form.get("langkah") or ())
    signer = form.get("pengesah")
    kind = form.get("jenis") or {}
    return Sop(
        id=sop_id,
        stage=Stage(form.get("status", "final")),
        number=form.get("nomor") or "",
        title=form.get("judul") or "",
        purpose=form.get("tujuan") or "",
        created=dates.get("pembuatan"),
        revised=dates.get("revisi"),
        effective=dates.get("efektif"),
        signer=_official(signer) if signer else None,
        legal_basis=_many(form.get("dasar_hukum")),
        qualifications=_many(form.get("kualifikasi_pelaksana")),
        related=_many(form.get("keterkaitan")),
        equipment=_many(form.get("peralatan")),
        warnings=_many(form.get("peringatan")),
        records=_many(form.get("pencatatan")),
        actors=actors,
        steps=steps,
        columns=frozenset(form.get("kolom") or ("no", "kegiatan", "pelaksana", "kelengkapan", "waktu", "output")),
        history=tuple(_revision(entry) for entry in form.get("riwayat") or ()),
        type=SopType(kind.get("sifat", ""), kind.get("cakupan", ""), kind.get("kelengkapan", "")),
        labels=tuple((tuple(key.split(".")), label) for key, label in (form.get("label") or {}).items()),
        written=tuple((("tanggal", key), text) for key, text in (form.get("ditulis") or {}).items()),
        accepted=tuple(
            Acceptance(row["aturan"], row.get("alasan", "alasan"), row.get("oleh", "Sekretaris DPRD"), row["sampai"])
            for row in form.get("kecuali") or ()
        ),
        total=parse_time(form["total_waktu"]) if form.get("total_waktu") else None,
    )


def _official(row: Mapping[str, Any]) -> Official:
    names = {"nama": "name", "jabatan": "position", "nip": "nip", "pangkat": "rank", "golongan": "grade"}
    names |= {"sebagai": "capacity", "id": "id", "tanggal_lahir": "born"}
    sex = Sex(row["jenis_kelamin"]) if "jenis_kelamin" in row else None
    return Official(**{names[key]: value for key, value in row.items() if key in names}, sex=sex)


def _revision(entry: Any) -> Revision:
    """An entry of ``riwayat``: its text, or a mapping."""
    if isinstance(entry, str):
        return Revision(None, None, entry)
    return Revision(None, entry.get("tanggal"), entry.get("uraian", ""))


def _many(value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _step(row: Mapping[str, Any], index: ActorIndex) -> Step:
    actors = _many(row.get("pelaksana"))
    branches = [
        Branch(label, _target(t)) for key, label in (("ya", "Ya"), ("tidak", "Tidak")) for t in _each(row.get(key, ()))
    ]
    branches += [Branch(label, _target(t)) for label, named in (row.get("cabang") or {}).items() for t in _each(named)]
    return Step(
        number=row.get("no"),
        activity=row.get("kegiatan", ""),
        actors=actors,
        columns=tuple(index.column(name) for name in actors),
        inputs=_many(row.get("kelengkapan")),
        time=parse_time(row["waktu"]) if row.get("waktu") else None,
        outputs=_many(row.get("output")),
        remark=row.get("keterangan", ""),
        kind=StepKind(row.get("jenis", "keputusan" if branches else "proses")),
        branches=tuple(branches),
        next=tuple(_target(t) for t in _each(row.get("lanjut", ()))),
        within=row.get("dalam"),
        reference=row.get("rujukan", ""),
    )


def _each(value: Any) -> list[Any] | tuple[Any, ...]:
    return value if isinstance(value, list | tuple) else [value]


def _target(value: int | str) -> int:
    return END if value == "selesai" else int(value)
