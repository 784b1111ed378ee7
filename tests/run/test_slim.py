"""A template made lean prints the same to the last pixel, or stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.convert.libreoffice import Job, convert
from pipeline.convert.pixels import first_difference
from pipeline.errors import MissingProgramError, ProofError, UsageError
from pipeline.render.proof import prove_docx
from pipeline.render.proof_template import template_faults
from pipeline.render.slim import Parts, Slimmed, Step, slim
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run import slim as run
from pipeline.run.slim import packed, slim_template
from pipeline.run.slim_samples import kind_of, samples
from pipeline.run.templates import TEMPLATES
from tests.render.fat import fat_template
from tests.render.packages import parts_of
from tests.shared import made_once, shared_folder

Steps = frozenset[Step]


@pytest.fixture(scope="session")
def pairs(tmp_path_factory: pytest.TempPathFactory, libreoffice: None) -> Path:
    """PDFs of all templates, heavy and made lean, by one LibreOffice."""
    folder = shared_folder(tmp_path_factory) / "templat-ramping"

    def make() -> None:
        jobs = []
        for name in TEMPLATES:
            heavy = fat_template(folder / f"berat-{name}", source=packaged_templates() / name)
            lean = folder / f"ringan-{name}"
            lean.write_bytes(packed(slim(parts_of(heavy)).parts))
            jobs += [
                Job(docx, docx.with_suffix(".x.pdf"), finish=run.Copy(docx.with_suffix(".pdf")))
                for docx in (heavy, lean)
            ]
        convert(jobs, workers=1)

    return made_once(folder, make)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_prints_the_same(pairs: Path, name: str) -> None:
    before, after = (pairs / f"{kind}-{name}" for kind in ("berat", "ringan"))
    assert after.stat().st_size < before.stat().st_size / 2
    assert first_difference(before.with_suffix(".pdf"), after.with_suffix(".pdf")) is None


def test_templates_differ_to_the_eye(pairs: Path) -> None:
    found = first_difference(pairs / "berat-sop.pdf", pairs / "berat-buku-sop.pdf")
    assert found is not None
    assert found.page == 1


def test_a_template_is_made_lean_in_place(tmp_path: Path, libreoffice: None) -> None:
    path = fat_template(tmp_path / "sop.docx")
    path.chmod(0o640)
    old = path.read_bytes()
    (tmp_path / "sop.asli.docx").write_bytes(b"lain")
    begun: list[int] = []
    lean = slim_template(path, begun=lambda: begun.append(1))
    assert begun == [1]
    assert [name.id for name in lean.compared] == ["templat itu sendiri", "SOP contoh, draf", "SOP contoh, final"]
    assert (lean.before, lean.after) == (len(old), path.stat().st_size)
    assert lean.after < len(old) / 3
    assert lean.pages >= 6
    assert lean.original == tmp_path / "sop.asli-2.docx"
    assert lean.original.read_bytes() == old
    assert (tmp_path / "sop.asli.docx").read_bytes() == b"lain"
    assert path.stat().st_mode & 0o777 == 0o640
    again = slim_template(path, begun=lambda: begun.append(1))
    assert (again.done, again.written, again.original, begun) == ((), None, None, [1])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["sop.asli-2.docx", "sop.asli.docx", "sop.docx"]


def _spoiling(when: Callable[[Steps], bool]) -> Callable[[Parts, Steps], Slimmed]:
    """Making lean, with a fault in it: letters get larger."""

    def spoiled(parts: Parts, steps: Steps = run.ALL) -> Slimmed:
        made = slim(parts, steps)
        if not when(steps):
            return made
        held = dict(made.parts)
        held["word/styles.xml"] = held["word/styles.xml"].replace(b'<w:sz w:val="17"/>', b'<w:sz w:val="18"/>')
        return Slimmed(tuple(held.items()), made.done, made.kept)

    return spoiled


def test_a_pixel_that_differs_keeps_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, libreoffice: None
) -> None:
    path = fat_template(tmp_path / "sop.docx")
    old = path.read_bytes()
    monkeypatch.setattr(run, "slim", _spoiling(lambda steps: True))
    monkeypatch.setattr(run, "_TRIALS", run._TRIALS[:1])
    with pytest.raises(ProofError) as caught:
        slim_template(path)
    assert "tidak diubah" in caught.value.message.id
    assert "titik berubah" in caught.value.message.id
    assert caught.value.exit_code == 4
    assert path.read_bytes() == old
    assert [each.name for each in tmp_path.iterdir()] == ["sop.docx"]


def test_less_is_done_where_all_would_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, libreoffice: None
) -> None:
    path = fat_template(tmp_path / "sop.docx")
    monkeypatch.setattr(run, "slim", _spoiling(lambda steps: Step.TABLES in steps))
    lean = slim_template(path, tmp_path / "baru.docx")
    assert len(lean.held) == 1
    assert "halaman" in lean.held[0].id
    assert not any("gaya tabel" in message.id for message in lean.done)
    assert any("gaya yang tidak dipakai" in message.id for message in lean.done)
    assert lean.written == tmp_path / "baru.docx"
    assert lean.original is None
    assert b"w:tblStyle " in dict(parts_of(lean.written))["word/document.xml"]


def test_a_result_that_cannot_be_filled_is_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fat_template(tmp_path / "sop.docx")
    monkeypatch.setattr(run, "_pdfs", lambda shown, folder, jobs: [])
    broken = Slimmed(
        tuple((n, d.replace(b"judul", b"jduul")) for n, d in parts_of(path)), slim(parts_of(path)).done, ()
    )
    fault = run._fault(path, packed(broken.parts), "sop.docx", (), (), tmp_path / "x", 1)
    assert fault is not None
    assert "jduul" in fault.id


def test_without_libreoffice_nothing_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "find_soffice", lambda: None)
    path = fat_template(tmp_path / "sop.docx")
    old = path.read_bytes()
    with pytest.raises(MissingProgramError, match="LibreOffice"):
        slim_template(path)
    assert path.read_bytes() == old
    copy = tmp_path / "lain.docx"
    copy.write_bytes((packaged_templates() / "sop.docx").read_bytes())
    assert slim_template(copy).done == ()


@pytest.mark.parametrize("lock", ["~$p.docx", "~$sop.docx", ".~lock.sop.docx#"])
def test_a_file_that_is_open_waits(tmp_path: Path, lock: str) -> None:
    path = fat_template(tmp_path / "sop.docx")
    (tmp_path / ("~$sop.docx" if lock == "~$p.docx" else lock)).touch()
    with pytest.raises(UsageError) as caught:
        slim_template(path)
    assert "sedang dibuka" in caught.value.message.id


def test_an_output_is_never_written_over(tmp_path: Path) -> None:
    path = fat_template(tmp_path / "sop.docx")
    other = tmp_path / "lain.docx"
    other.write_bytes(b"kerja")
    with pytest.raises(UsageError) as caught:
        slim_template(path, other)
    assert "tidak ditimpa" in caught.value.message.id
    assert other.read_bytes() == b"kerja"
    with pytest.raises(UsageError):
        slim_template(path, tmp_path / "lain.pdf")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_known_by_what_it_asks_for(tmp_path: Path, name: str) -> None:
    copy = tmp_path / "templat-kami.docx"
    copy.write_bytes((packaged_templates() / name).read_bytes())
    assert kind_of(Template.load(copy)) == name


@pytest.mark.parametrize("name", ["buku-sop.docx", "laporan-reses.docx", "rekap-reses.docx", "lampiran-reses.docx"])
def test_examples_are_filled(name: str) -> None:
    path = packaged_templates() / name
    found = samples(path, path.read_bytes(), name)
    assert len(found) == (1 if name == "lampiran-reses.docx" else 2)
    assert found == samples(path, path.read_bytes(), name)


@pytest.mark.parametrize("name", ["sop.docx", "buku-sop.docx", "rekap-reses.docx"])
def test_word_finds_nothing_wrong_with_what_was_made_lean(tmp_path: Path, name: str) -> None:
    path = fat_template(tmp_path / name, source=packaged_templates() / name)
    lean = packed(slim(parts_of(path)).parts)
    filled = samples(path, lean, name)[1:]
    assert filled
    for sample in filled:
        prove_docx(sample.docx, name, given=sample.given)
    assert list(template_faults(slim(parts_of(path)).parts)) == []
