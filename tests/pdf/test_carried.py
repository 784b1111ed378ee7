"""What is read back of the files inside a PDF, and what is refused."""

from __future__ import annotations

import io
import random
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.model.particulars import Attachment, Particulars, Relation
from pipeline.pdf import carried as module
from pipeline.pdf.attach import attach
from pipeline.pdf.carried import Carried, CarriedError, carried, is_file_name

FILES = {"asal.json": b'{"skema": 1}\n', "kosong.csv": b"", "peta – desa.csv": b"a,b\n" * 5000}


def pdf_with(files: dict[str, bytes], change: Callable[[pikepdf.Pdf], None] = lambda pdf: None) -> bytes:
    """A PDF of one page that carries ``files``, after ``change``."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    attachments = tuple(
        Attachment(name, data, "text/csv", Relation.DATA, f"Isi {name}") for name, data in files.items()
    )
    attach(pdf, Particulars("contoh/sop/x", "Judul", attachments=attachments))
    change(pdf)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def spec(pdf: pikepdf.Pdf, name: str = "asal.json") -> Any:
    """The file specification of one attachment."""
    return next(one for one in pdf.Root.AF if str(one.UF) == name)


def test_what_was_put_in_comes_out() -> None:
    found = carried(pdf_with(FILES))
    assert {name: one.data for name, one in found.items()} == FILES
    assert found["asal.json"] == Carried("asal.json", FILES["asal.json"], "Isi asal.json")


def test_a_pdf_without_files_carries_none() -> None:
    assert carried(pdf_with({})) == {}


def without_names(pdf: pikepdf.Pdf) -> None:
    """As services leave it that know associated files alone."""
    del pdf.Root["/Names"]


def without_af(pdf: pikepdf.Pdf) -> None:
    """As services leave it that know the name tree alone."""
    del pdf.Root["/AF"]


def in_kids(pdf: pikepdf.Pdf) -> None:
    """A name tree of two levels."""
    leaf = pdf.make_indirect(pikepdf.Dictionary(Names=pdf.Root.Names.EmbeddedFiles.Names))
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Kids=pikepdf.Array([leaf]))


@pytest.mark.parametrize("change", [without_names, without_af, in_kids])
def test_a_rewritten_pdf_still_gives_its_files(change: Callable[[pikepdf.Pdf], None]) -> None:
    assert {name: one.data for name, one in carried(pdf_with(FILES, change)).items()} == FILES


def deleted(pdf: pikepdf.Pdf) -> None:
    """As a program leaves it that takes a file out: where it was named stands nothing."""
    del pdf.attachments["kosong.csv"]
    assert None in list(pdf.Root.AF)


def nulled(pdf: pikepdf.Pdf) -> None:
    """The same in the name tree and its kids."""
    names = list(pdf.Root.Names.EmbeddedFiles.Names)
    left = [None if isinstance(one, pikepdf.Dictionary) and str(one.UF) == "kosong.csv" else one for one in names]
    leaf = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(left)))
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Kids=pikepdf.Array([None, leaf]))
    pdf.Root.AF = pikepdf.Array([None])


@pytest.mark.parametrize("change", [deleted, nulled])
def test_a_file_that_was_taken_out_is_missing_and_the_others_are_there(change: Callable[[pikepdf.Pdf], None]) -> None:
    left = {name: data for name, data in FILES.items() if name != "kosong.csv"}
    assert {name: one.data for name, one in carried(pdf_with(FILES, change)).items()} == left


def test_a_pdf_with_something_appended_still_gives_its_files() -> None:
    data = pdf_with(FILES)
    assert {name: one.data for name, one in carried(data + b"\n% dicetak ulang\n").items()} == FILES


def renamed(name: str) -> Callable[[pikepdf.Pdf], None]:
    """Gives the first file another name."""

    def change(pdf: pikepdf.Pdf) -> None:
        spec(pdf).UF = pikepdf.String(name)

    return change


def endless(pdf: pikepdf.Pdf) -> None:
    """A name tree that contains itself."""
    node = pdf.make_indirect(pikepdf.Dictionary())
    node.Kids = pikepdf.Array([node])
    pdf.Root.Names.EmbeddedFiles = node


def other_filter(pdf: pikepdf.Pdf) -> None:
    """A file packed in a way that the program never writes."""
    spec(pdf).EF.F = spec(pdf).EF.UF = pdf.make_indirect(
        pikepdf.Stream(pdf, b"80 >", pikepdf.Dictionary(Filter=pikepdf.Name.DCTDecode))
    )


def broken_stream(pdf: pikepdf.Pdf) -> None:
    """A file whose packed bytes end too early."""
    packed = zlib.compress(b"x" * 5000)[:-6]
    spec(pdf).EF.F = pikepdf.Stream(pdf, packed, pikepdf.Dictionary(Filter=pikepdf.Name.FlateDecode))


def no_stream(pdf: pikepdf.Pdf) -> None:
    """A file specification without a file."""
    spec(pdf).EF = pikepdf.Dictionary()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (renamed("../../etc/passwd"), "nama yang tidak wajar"),
        (renamed("C:\\windows\\x"), "nama yang tidak wajar"),
        (renamed("a\x00b"), "nama yang tidak wajar"),
        (renamed(".."), "nama yang tidak wajar"),
        (renamed("n" * 300), "nama yang tidak wajar"),
        (renamed("kosong.csv"), "dua berkas bernama kosong.csv"),
        (endless, "tidak beraturan"),
        (other_filter, "asal.json di dalam PDF ini tidak dapat dibaca"),
        (broken_stream, "asal.json di dalam PDF ini tidak dapat dibaca"),
        (no_stream, "asal.json di dalam PDF ini tidak dapat dibaca"),
    ],
)
def test_what_is_not_safe_is_refused(change: Callable[[pikepdf.Pdf], None], told: str) -> None:
    with pytest.raises(CarriedError) as error:
        carried(pdf_with(FILES, change))
    assert told in error.value.message.id


PACKED: dict[str, tuple[bytes, dict[str, Any]]] = {
    "packed twice": (zlib.compress(zlib.compress(FILES["asal.json"])), {"/Filter": [pikepdf.Name.FlateDecode] * 2}),
    "only its differences": (
        zlib.compress(b"\1abc"),
        {"/Filter": pikepdf.Name.FlateDecode, "/DecodeParms": pikepdf.Dictionary(Predictor=12, Columns=3)},
    ),
}


@pytest.mark.parametrize("name", PACKED)
def test_what_is_packed_in_other_ways_is_not_taken_for_what_it_is(name: str) -> None:
    data, how = PACKED[name]
    with pikepdf.open(io.BytesIO(pdf_with(FILES))) as pdf:
        spec(pdf).EF.F = pikepdf.Stream(pdf, data, pikepdf.Dictionary(how))
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pytest.raises(CarriedError, match=r"asal\.json"):
        carried(out.getvalue())


def test_a_file_that_unpacks_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    bomb = pdf_with({"besar.csv": b"0" * 50_000_000})
    assert len(bomb) < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(CarriedError, match=r"besar\.csv"):
            carried(bomb)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_a_file_that_is_only_named_is_none() -> None:
    def named(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AF.append(pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=pikepdf.String("lain.csv")))

    assert set(carried(pdf_with(FILES, named))) == set(FILES)


def test_many_files_that_are_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TOTAL", 30_000)
    with pytest.raises(CarriedError):
        carried(pdf_with({f"{n}.csv": b"0" * 8_000 for n in range(5)}))
    assert len(carried(pdf_with({f"{n}.csv": b"0" * 8_000 for n in range(3)}))) == 3


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 3)
    with pytest.raises(CarriedError):
        carried(pdf_with({f"{n}.csv": b"0" for n in range(4)}))


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "kosong"), (b"bukan PDF", "bukan PDF"), (encrypted(), "terkunci sandi"), (b"%PDF-1.7\n%%EOF", "bukan PDF")],
)
def test_what_is_no_readable_pdf_is_told_apart(data: bytes, told: str) -> None:
    with pytest.raises(CarriedError) as error:
        carried(data)
    assert told in error.value.message.id


@pytest.mark.parametrize("name", ["asal.json", "a b.csv", "peta–desa.csv", ".csv", "1"])
def test_names_of_files(name: str, tmp_path: Path) -> None:
    assert is_file_name(name)
    (tmp_path / name).write_bytes(b"")


@pytest.mark.parametrize("name", ["", ".", "..", "...", "a/b", "a\\b", " a", "a ", "a.", "a\nb", "a\u202eb", "a:b"])
def test_names_that_are_none(name: str) -> None:
    assert not is_file_name(name)


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_pdf_is_read_or_refused_but_never_a_surprise(seed: int) -> None:
    chance = random.Random(seed)
    whole = pdf_with(FILES)
    outcomes = set()
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 2, 8, 30])):
            place = chance.randrange(len(data))
            if chance.random() < 0.7:
                data[place] = chance.randrange(256)
            else:
                del data[place : place + chance.randrange(1, 40)]
        try:
            carried(bytes(data))
            outcomes.add("read")
        except CarriedError:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
