"""Files inside a PDF: associated, described, the same bytes out as in."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pikepdf
import pytest

from pipeline.errors import ProofError
from pipeline.model.particulars import Attachment, Particulars, Relation
from pipeline.pdf.attach import attach
from pipeline.pdf.finish import to_bytes

YAML = Attachment("z uji.yaml", b"judul: uji\n", "application/yaml", Relation.SOURCE, "Isian SOP")
CSV = Attachment("langkah é.csv", b"no,kegiatan\n1,Menerima\n", "text/csv", Relation.DATA, "Langkah-langkah")
EMPTY = Attachment("kosong.json", b"", "application/json", Relation.SUPPLEMENT, "Temuan")


def said(*attachments: Attachment, date: dt.date | None = dt.date(2026, 1, 15)) -> Particulars:
    return Particulars("contoh/sop/uji", "Uji", date=date, attachments=attachments)


def filled(particulars: Particulars, folder: Path) -> pikepdf.Pdf:
    path = folder / "isi.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        attach(pdf, particulars)
        path.write_bytes(to_bytes(pdf))
    return pikepdf.open(path)


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    stored = tmp_path / "langkah.csv"
    stored.write_bytes(CSV.data)
    by_path = Attachment(CSV.name, stored, CSV.mime, CSV.relation, CSV.description)
    with filled(said(YAML, by_path, EMPTY), tmp_path) as pdf:
        found = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert found == {one.name: one.data for one in (YAML, CSV, EMPTY)}


def test_each_file_says_what_it_is_to_the_document(tmp_path: Path) -> None:
    with filled(said(YAML, CSV), tmp_path) as pdf:
        assert [str(spec.UF) for spec in pdf.Root.AF] == [YAML.name, CSV.name]  # in the given order
        for spec, one in zip(pdf.Root.AF, (YAML, CSV), strict=True):
            stream = spec.EF.F
            assert str(spec.F) == str(spec.UF) == one.name
            assert str(spec.Desc) == one.description
            assert str(spec.AFRelationship) == f"/{one.relation}"
            assert str(stream.Subtype) == f"/{one.mime}"
            assert stream.Params.Size == len(one.data)
            assert bytes(stream.Params.CheckSum) == hashlib.md5(one.data).digest()
            assert str(stream.Params.ModDate) == "D:20260115000000Z"


def test_names_stand_in_the_order_that_readers_look_them_up_in(tmp_path: Path) -> None:
    with filled(said(YAML, CSV, EMPTY), tmp_path) as pdf:
        names = [bytes(name) for name in list(pdf.Root.Names.EmbeddedFiles.Names)[::2]]
    assert names == sorted(names)
    assert len(names) == 3


def test_names_of_other_alphabets_stand_in_the_order_of_their_bytes(tmp_path: Path) -> None:
    """As letters ÿ comes before Ω, as PDF writes the two behind it."""
    letters = [Attachment(f"{letter}.csv", b"", CSV.mime, CSV.relation, "") for letter in "ÿΩ"]
    with filled(said(*letters), tmp_path) as pdf:
        names = [bytes(name) for name in list(pdf.Root.Names.EmbeddedFiles.Names)[::2]]
        assert set(pdf.attachments) == {"ÿ.csv", "Ω.csv"}
    assert names == sorted(names)


def test_a_document_without_a_day_gives_its_files_none(tmp_path: Path) -> None:
    with filled(said(YAML, date=None), tmp_path) as pdf:
        assert "/ModDate" not in pdf.Root.AF[0].EF.F.Params


def test_no_attachments_leave_nothing_behind(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        attach(pdf, said(YAML))
        attach(pdf, said())
        assert "/AF" not in pdf.Root
        assert "/EmbeddedFiles" not in pdf.Root.Names


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProofError) as error:
        filled(said(YAML, YAML), tmp_path)
    assert YAML.name in error.value.text("id")


def test_a_file_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    gone = Attachment("x.csv", tmp_path / "x.csv", "text/csv", Relation.DATA, "X")
    with pytest.raises(FileNotFoundError):
        filled(said(gone), tmp_path)
