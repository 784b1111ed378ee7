"""``tertib build`` whole, with LibreOffice replaced where its faults are the point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.convert import job, libreoffice
from pipeline.run.state import State
from pipeline.run.writing import Outputs
from tests.cli.desk import HALF, SOP, Desk

REAL = libreoffice.find_soffice()
libreoffice.find_soffice.cache_clear()
TEMPLATES = Path(__file__).parents[2] / "templates"
needs_libreoffice = pytest.mark.skipif(
    REAL is None, reason="LibreOffice is missing here: what it converts is not tested"
)
HANGS = "time.sleep(600)"
NOTHING = "sys.exit(0)"
CRASHES = "import os; os.kill(os.getpid(), 9)"
OTHER = """
import pypdf
for p in inputs:
    w = pypdf.PdfWriter(); w.add_blank_page(500, 500); w.write(out / f"{p.stem}.pdf")
"""
DOCX, PDF = "uji/sop/surat.docx", "uji/sop/surat.pdf"
SIGNING = "uji/sop/surat.ttd.json"


@needs_libreoffice
def test_documents_reports_and_record(desk: Desk) -> None:
    ran = desk.run("build", "--format", "json")
    assert ran.code == 0, ran.all
    assert set(desk.visible()) == {DOCX, PDF, SIGNING, "temuan.html", "temuan.json"}
    document = json.loads(ran.out)["documents"][0]
    assert document["outputs"] == [f"outputs/{DOCX}", f"outputs/{PDF}"]
    assert document["duration"]["longest"]
    assert json.loads((desk.folder / "outputs/temuan.json").read_text())["documents"] == [document]
    assert list((desk.folder / "outputs/.tertib/kerja").iterdir()) == []


@needs_libreoffice
@pytest.mark.usefixtures("real_libreoffice")
def test_what_did_not_change_is_not_converted_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = libreoffice.convert

    def counting(jobs: list[libreoffice.Job], **more: object) -> tuple[libreoffice.Outcome, ...]:
        asked.append(len(jobs))
        return real(jobs, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("pipeline.convert.libreoffice.convert", counting)
    assert desk.run("build").code == 0
    first = desk.visible()
    assert desk.run("build").code == 0
    assert asked == [1]
    assert desk.run("build", "--force").code == 0
    assert asked == [1, 1]
    assert desk.visible() == first, "the same input must give the same bytes"
    (desk.folder / "outputs" / PDF).write_bytes(b"touched by hand")
    assert desk.run("build").code == 0
    assert asked == [1, 1, 1]
    desk.edit("sop/surat.yaml", "Buku agenda surat masuk", "Buku agenda surat")
    assert desk.run("build").code == 0
    assert asked == [1, 1, 1, 1]
    assert desk.visible()[PDF] != first[PDF]


@needs_libreoffice
def test_drafts_are_built_whatever_is_found(desk: Desk) -> None:
    desk.edit("sop/surat.yaml", "status: final", "status: draf")
    desk.edit("sop/surat.langkah.csv", "1 jam", "sebentar saja")
    ran = desk.run("build", "--format", "json")
    assert ran.code == 0, ran.all
    assert {DOCX, PDF} <= set(desk.visible())
    assert "DUR-01" in [finding["code"] for finding in json.loads(ran.out)["findings"]]


def test_stage_option_decides(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    desk.edit("sop/surat.langkah.csv", "1 jam", "sebentar saja")
    assert desk.run("build").code == 1
    assert desk.run("build", "--stage", "draf").code == 3
    assert DOCX in desk.visible()


def test_strict_and_selection(desk: Desk) -> None:
    desk.edit("sop/surat.langkah.csv", "1 jam", "sebentar saja")
    assert desk.run("check").code == 1
    assert desk.run("check", "--ignore", "DUR-01").code == 0
    assert desk.run("check", "--select", "HKM,MSK").code == 0


@pytest.mark.parametrize("command", ["check", "build", "recap"])
@pytest.mark.parametrize(
    ("option", "code", "near"),
    [
        ("--select", "ZZZ-99", "tertib explain"),
        ("--select", "HKM,IDN-O9", "Maksud Anda IDN-09?"),
        ("--ignore", "MSK-99", "Maksud Anda MSK-"),
        ("--ignore", "kolom-identitas-kosng", "Maksud Anda kolom-identitas-kosong?"),
    ],
)
def test_a_rule_that_does_not_exist_is_no_choice(desk: Desk, command: str, option: str, code: str, near: str) -> None:
    ran = desk.run(command, option, code)
    assert (ran.code, ran.out) == (2, "")
    assert f"{option}: aturan " in ran.err
    assert near in ran.err
    assert desk.visible() == {}


def test_without_libreoffice_docx_are_made_and_it_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    ran = desk.run("build")
    assert ran.code == 3
    assert set(desk.visible()) == {DOCX, "temuan.html", "temuan.json"}
    assert "LibreOffice" in ran.out
    assert "apt-get install" in ran.out


@pytest.mark.parametrize("script", [NOTHING, HALF, CRASHES, OTHER, HANGS])
def test_a_failing_converter_leaves_the_earlier_pdf(desk: Desk, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    real = libreoffice.convert
    monkeypatch.setattr("pipeline.convert.libreoffice.convert", lambda jobs, **more: real(jobs, patience=1.0, **more))
    desk.fake_soffice(monkeypatch, script)
    earlier = {desk.folder / "outputs" / name: name.encode() for name in (DOCX, PDF)}
    for path, data in earlier.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    ran = desk.run("build")
    assert ran.code == 4, ran.all
    assert {path: path.read_bytes() for path in earlier} == earlier, "both change, or neither"
    assert "surat.pdf" in ran.out
    assert "tetap yang lama" in " ".join(ran.out.split())
    assert "Traceback" not in ran.all
    assert set(desk.visible()) == {DOCX, PDF, "temuan.html", "temuan.json"}
    assert zipfile.is_zipfile(desk.folder / "outputs/.tertib/gagal" / DOCX), "what failed can be looked at"
    assert json.loads((desk.folder / "outputs/temuan.json").read_text("utf-8"))["documents"][0]["outputs"] == []


def test_without_libreoffice_the_docx_goes_in_alone_and_the_pdf_is_called_old(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.no_soffice(monkeypatch)
    pdf = desk.folder / "outputs" / PDF
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(b"pdf dari kemarin")
    ran = desk.run("build")
    assert ran.code == 3, ran.all
    assert DOCX in desk.visible()
    assert pdf.read_bytes() == b"pdf dari kemarin"
    assert "jangan dipakai" in " ".join(ran.out.split())


@needs_libreoffice
def test_a_pdf_that_cannot_be_placed_brings_the_earlier_docx_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.run("build").code == 0
    before = desk.visible()
    desk.edit("sop/surat.yaml", "Buku agenda surat masuk", "Buku agenda surat")

    def locked(*_: object) -> bool:
        raise PermissionError(13, "locked")

    monkeypatch.setattr("pipeline.run.artifacts.is_foreign", locked)
    assert desk.run("build").code == 2
    after = desk.visible()
    assert (after[DOCX], after[PDF]) == (before[DOCX], before[PDF])


@needs_libreoffice
def test_one_failed_conversion_does_not_cost_the_others_theirs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("sop/lain.yaml", SOP.replace("Penerimaan Surat Masuk", "Pengarsipan Surat").replace("001/", "002/"))
    real = job.prove_pdf

    def prove(path: Path, *, name: str, **more: object) -> object:
        texts = ("tulisan yang tidak ada",) if name == "lain.pdf" else ()
        return real(path, name=name, texts=texts)

    monkeypatch.setattr(job, "prove_pdf", prove)
    ran = desk.run("build", "--stage", "draf")
    assert ran.code == 4, ran.all
    assert PDF in desk.visible()
    assert "uji/sop/lain.pdf" not in desk.visible()
    assert "uji/sop/lain.docx" in desk.visible()


@needs_libreoffice
def test_two_runs_at_once_wait_for_each_other(desk: Desk) -> None:
    for number in range(2, 5):
        text = SOP.replace("Penerimaan Surat Masuk", f"Penerimaan Surat Jenis {number}").replace("001/", f"00{number}/")
        desk.put(f"sop/surat-{number}.yaml", text)
    runs = [desk.start("build", "--stage", "draf") for _ in range(2)]
    ended = [run.communicate(timeout=300) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], ended
    assert sum("menunggu" in err for _, err in ended) <= 1
    assert len([name for name in desk.visible() if name.endswith(".pdf")]) == 4
    assert len(list(State(Outputs(desk.folder / "outputs")).all())) == 4


def test_output_goes_to_stdout_and_progress_to_stderr(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    ran = desk.run("build", "--verbose", "--format", "json")
    json.loads(ran.out)
    assert "Menyusun DOCX (1/1) uji/sop/surat" in ran.err
    quiet = desk.run("build", "--quiet")
    assert quiet.err == ""


def test_verbose_tells_the_layout_score_also_of_what_is_up_to_date(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    told = [desk.run("build", "--verbose", "--format", "json") for _ in range(2)]
    for ran in told:
        layout = json.loads(ran.out)["documents"][0]["layout"]
        assert {layout[key] for key in ("overlaps", "through_symbols", "through_texts", "outside")} == {0}
        lines = [line for line in ran.err.splitlines() if line.startswith("uji/sop/surat: ")]
        assert len(lines) == 1
        assert f"{layout['lines']} garis, {layout['bends']} belokan, {layout['crossings']} persilangan" in lines[0]
    assert "persilangan" not in desk.run("build").all


def test_a_reader_that_goes_away_is_no_error(desk: Desk) -> None:
    process = desk.start("explain")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 0
    assert err == ""


def test_check_imports_nothing_heavy(desk: Desk) -> None:
    code = (
        "import sys; from pipeline.cli.app import main; main(['check']);"
        "heavy = {'docx', 'docxtpl', 'lxml', 'pandas', 'numpy', 'openpyxl', 'pikepdf', 'pypdf', 'jinja2', 'holidays',"
        " 'fontTools', 'openxml_audit', 'tqdm'} & set(sys.modules);"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=desk.folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
