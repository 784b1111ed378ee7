"""The benchmark of template engines measures only engines that did the work."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks import engines as fills
from benchmarks import templates, work
from benchmarks.talk import NotDoneError, talking
from benchmarks.templates import Engine

STEPS = 3
PEERS = ("docxtemplater", "easy-template-x", "carbone")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form in the tags of every engine, and values of few steps."""
    made = tmp_path_factory.mktemp("formulir")
    for name in work.DIALECTS:
        work.write_template(name, made / f"{name}.docx")
    (made / f"{STEPS}.json").write_text(json.dumps(work.values(STEPS)), encoding="utf-8")
    return made


@pytest.mark.parametrize("engine", ["tertib", "docxtpl"])
def test_python_engines_fill_the_form(folder: Path, engine: str) -> None:
    fill = {"tertib": fills.tertib, "docxtpl": fills.docxtpl}[engine](folder / "docxtpl.docx")
    data = fills.numbered(work.values(STEPS), 27)
    work.verify(engine, fill(data), data)
    assert "/027/" in data["nomor"]


@pytest.mark.parametrize("engine", PEERS)
def test_engines_of_node_fill_the_form(folder: Path, engine: str, tmp_path: Path) -> None:
    known = {one.name: one for one in templates.engines()[0]}
    if engine not in known:
        pytest.skip(f"{engine} is not installed (make peers)")
    out = tmp_path / "satu.docx"
    with templates.served(known[engine], folder) as running:
        assert templates.fill(running, folder / f"{STEPS}.json", 27, out) > 0
    work.verify(engine, out.read_bytes(), fills.numbered(work.values(STEPS), 27))


def test_a_document_that_lacks_something_is_not_believed(folder: Path) -> None:
    fill = fills.docxtpl(folder / "docxtpl.docx")
    data = work.values(STEPS)
    lost_step = {**data, "langkah": data["langkah"][:-1]}
    other_mark = {**data, "langkah": [{**step, "tanda": step["tanda"][::-1]} for step in data["langkah"]]}
    for wrong in (lost_step, other_mark, {**data, "judul": "lain"}):
        with pytest.raises(NotDoneError, match="first difference"):
            work.verify("docxtpl", fill(wrong), data)


def test_header_and_footer_count(folder: Path, tmp_path: Path) -> None:
    import docx

    document = docx.Document(str(folder / "docxtpl.docx"))
    document.sections[0].footer.paragraphs[0].text = "Nomor"
    document.save(str(tmp_path / "tanpa.docx"))
    data = work.values(STEPS)
    with pytest.raises(NotDoneError, match="header or footer"):
        work.verify("docxtpl", fills.docxtpl(tmp_path / "tanpa.docx")(data), data)


def test_the_form_has_a_mark_for_each_step_and_signs_to_escape() -> None:
    rows = work.expected(work.values(40))
    steps = rows[-40:]
    assert all(row[2:10].count("●") == 1 for row in steps)
    assert {row[2:10].index("●") for row in steps} == set(range(work.ACTORS))
    assert any("&" in cell for row in rows for cell in row)
    assert any(">" in cell for row in rows for cell in row)


def test_an_engine_that_makes_too_few_is_told(folder: Path, tmp_path: Path) -> None:
    work_folder = tmp_path / "kerja"
    shutil.copytree(folder, work_folder)
    (work_folder / f"{templates.MANY_STEPS}.json").write_text(
        json.dumps(work.values(templates.MANY_STEPS)), encoding="utf-8"
    )
    idle = Engine("idle", "docxtpl", (sys.executable, "-c", "pass"))
    with pytest.raises(NotDoneError, match="idle made 0 of 2 documents"):
        templates.many(work_folder, idle, 2)
    empty = "import sys, pathlib; [pathlib.Path(sys.argv[-1], f'{n}.docx').touch() for n in (1, 2)]"
    writes_nothing = Engine("kosong", "docxtpl", (sys.executable, "-c", empty))
    with pytest.raises(Exception, match=r"(?i)zip|package"):
        templates.many(work_folder, writes_nothing, 2)
    fails = Engine("gagal", "docxtpl", (sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(SystemExit, match="nothing to measure"):
        templates.many(work_folder, fails, 2)


def test_an_engine_that_ends_is_told() -> None:
    with talking("diam", [sys.executable, "-c", "pass"]) as running, pytest.raises(NotDoneError, match="diam"):
        running.ask({"number": 1})


def test_engines_that_are_not_installed_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "PEERS", tmp_path)
    found, missing = templates.engines()
    assert [one.name for one in found] == ["tertib", "docxtpl"]
    assert [row.what.split(":")[0] for row in missing] == list(PEERS)
    assert all(row.value == "not measured: it is not installed (`make peers`)" for row in missing)


def test_rows_of_a_small_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = [one for one in templates.engines()[0] if one.name in {"tertib", "docxtpl"}]
    missing = [templates.Row("carbone: the form filled", "not measured: it is not installed (`make peers`)")]
    monkeypatch.setattr(templates, "engines", lambda: (ours, missing))
    monkeypatch.setattr(templates, "COLD", 1)
    monkeypatch.setattr(templates, "MANY_STEPS", STEPS)
    measured = templates.templates((STEPS,), 2, (1, 2))
    told = [row.what for row in measured.rows]
    assert told[0].startswith(f"the form with {STEPS} steps")
    assert "2 documents of" in told[2]
    assert "naive docxtpl loop" in measured.rows[1].peer
    assert measured.rows[-1].value.startswith("not measured")
    assert set(measured.figures["warm"]) == {"tertib", "docxtpl"}
    assert all(seconds > 0 for counts in measured.figures["many"].values() for seconds in counts.values())
