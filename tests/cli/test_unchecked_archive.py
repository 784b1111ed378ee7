"""A check that was not made of a PDF is told by archive and verify too: a whole archive is no proof of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from pipeline.run.state import State
from pipeline.run.writing import Outputs
from tests.cli.desk import Desk
from tests.cli.desk_signed import ARCHIVE, built, came_back, letter, trusting, words
from tests.sign.service import own

NAMES = ("PDF/A-3a", "PDF/UA-1")
TOLD = "tidak diperiksa: PDF/A-3a, PDF/UA-1"
PDF = "outputs/uji/sop/surat.pdf"


def unproved(desk: Desk, names: Sequence[str] = NAMES) -> bytes:
    """An SOP on record of which ``names`` were not checked."""
    trusting(desk)
    data = letter()
    pdf = built(desk, "uji/sop/surat", data)
    state = State(Outputs(desk.folder / "outputs"))
    made = state.get(pdf)
    assert made is not None
    state.put(pdf, replace(made, unchecked=tuple(names)))
    state.save()
    return data


def told_in_json(desk: Desk, *args: str) -> list[str]:
    notes: list[str] = json.loads(desk.run(*args, "--format", "json").out)["notes"]
    return [" ".join(note.split()) for note in notes]


def facts(desk: Desk, version: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((desk.folder / ARCHIVE / f"sop/surat/{version}/versi.json").read_bytes())
    return read


@pytest.fixture
def filed(desk: Desk) -> Desk:
    """A desk whose archive holds such a document."""
    unproved(desk)
    ran = desk.run("archive")
    assert (ran.code, TOLD in words(ran)) == (0, True), ran.all
    return desk


def test_archive_tells_it_every_time(filed: Desk) -> None:
    again = filed.run("archive")
    assert "Tidak ada yang berubah" in again.all
    assert f"1 dokumen dibuat tanpa semua pemeriksaan PDF; {TOLD}" in words(again)
    assert any(TOLD in note for note in told_in_json(filed, "archive"))


def test_verify_tells_it_of_the_document_and_of_the_archive(filed: Desk) -> None:
    for path, begin in ((PDF, f"{PDF}: saat dibuat "), (ARCHIVE, "1 versi diarsipkan tanpa semua pemeriksaan PDF;")):
        ran = filed.run("verify", path)
        assert ran.code == 0
        assert begin in words(ran)
        assert TOLD in words(ran)
        assert any(TOLD in note for note in told_in_json(filed, "verify", path))


def test_it_goes_with_a_version_and_with_exports(filed: Desk) -> None:
    assert filed.run("archive", "export", "--bagit", "tas").code == 0
    assert filed.run("archive", "export", "--ocfl", "gudang").code == 0
    for path in (f"{ARCHIVE}/sop/surat/v001", "tas", "gudang"):
        ran = filed.run("verify", path)
        assert (ran.code, TOLD in words(ran)) == (0, True), ran.all


def test_it_stays_with_the_signed_version(filed: Desk) -> None:
    came_back(filed, {"x.pdf": own((filed.folder / PDF).read_bytes())})
    assert filed.run("archive", "--signed", "kembali").code == 0
    assert facts(filed, "v002")["tidak_diperiksa"] == list(NAMES)
    assert f"2 versi diarsipkan tanpa semua pemeriksaan PDF; waktu itu {TOLD}" in words(filed.run("verify", ARCHIVE))


def test_it_is_told_beside_damage(filed: Desk) -> None:
    (filed.folder / ARCHIVE / "sop/surat/v001/surat.pdf").write_bytes(b"lain")
    ran = filed.run("verify", ARCHIVE)
    assert (ran.code, TOLD in words(ran)) == (5, True), ran.all


def test_the_list_has_it_for_other_programs(filed: Desk) -> None:
    (version,) = json.loads(filed.run("archive", "list", "--format", "json").out)["versions"]
    assert (version["unchecked"], version["other_signers"]) == (list(NAMES), [])
    for more in ((), ("--on", "2026-06-01")):
        text = filed.run("archive", "list", "--format", "csv", *more).out
        (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
        assert row["tidak_diperiksa"] == "; ".join(NAMES)
        assert text.splitlines()[0].endswith(";penanda_tangan_lain;tidak_diperiksa")


def test_nothing_is_said_where_all_was_checked(desk: Desk) -> None:
    unproved(desk, ())
    for command in (("archive",), ("verify", PDF), ("verify", ARCHIVE)):
        ran = desk.run(*command)
        assert ran.code == 0
        assert "tidak diperiksa" not in words(ran)
    assert "tidak_diperiksa" not in facts(desk, "v001")
