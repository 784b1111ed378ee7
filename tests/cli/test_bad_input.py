"""Whatever is wrong with the inputs: place, cause and remedy in words, the right code, earlier outputs untouched."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.desk import SOP, STEPS, Desk, remove

YAML = "inputs/uji/sop/surat.yaml"
CSV = "inputs/uji/sop/surat.langkah.csv"


@dataclass(frozen=True)
class Case:
    """A way to spoil the office, and the finding it must give: code, file, line (None: the file as a whole)."""

    spoil: Callable[[Desk], object]
    code: str
    file: str
    line: int | None = None


CASES = {
    "step table missing": Case(lambda d: remove(d.office / "sop/surat.langkah.csv"), "MSK-01", YAML, 14),
    "office file missing": Case(lambda d: remove(d.office / "kantor.yaml"), "MSK-01", "inputs/uji/kantor.yaml"),
    "empty SOP": Case(lambda d: d.put("sop/surat.yaml", ""), "MSK-04", YAML),
    "empty step table": Case(lambda d: d.put("sop/surat.langkah.csv", ""), "MSK-04", CSV),
    "encoding": Case(lambda d: d.put("sop/surat.yaml", SOP.encode("utf-16")), "MSK-03", YAML),
    "encoding of a table": Case(
        lambda d: d.put("sop/surat.langkah.csv", STEPS.replace("surat", "süra").encode("latin-1")), "MSK-03", CSV, 2
    ),
    "broken YAML": Case(lambda d: d.edit("sop/surat.yaml", "[Komputer]", "[Komputer"), "MSK-05", YAML),
    "tab in YAML": Case(
        lambda d: d.edit("sop/surat.yaml", "  - Undang", "\t- Undang"), "MSK-06", YAML, 7
    ),
    "duplicate key": Case(lambda d: d.put("sop/surat.yaml", SOP + "judul: Lain\n"), "MSK-07", YAML, 15),
    "stage unreadable": Case(lambda d: d.edit("sop/surat.yaml", "status: final", "status: finl"), "MSK-10", YAML, 3),
    "stage as a list": Case(lambda d: d.edit("sop/surat.yaml", "status: final", "status: [final]"), "MSK-09", YAML, 3),
    "stage key misspelled": Case(lambda d: d.edit("sop/surat.yaml", "status:", "stats:"), "MSK-08", YAML, 3),
    "stage stated twice": Case(
        lambda d: d.edit("sop/surat.yaml", "status: final", "status: draf\nstatus: final"), "MSK-07", YAML, 4
    ),
    "unknown key": Case(lambda d: d.edit("sop/surat.yaml", "peralatan:", "peralatn:"), "MSK-08", YAML, 10),
    "ragged row": Case(lambda d: d.edit("sop/surat.langkah.csv", ",3,1\n", ",3,1,x,y\n"), "MSK-16", CSV, 3),
    "missing column": Case(
        lambda d: d.put("sop/surat.langkah.csv", STEPS.replace("no,kegiatan,", "no,", 1)), "MSK-13", CSV, 1
    ),
    "step number gap": Case(lambda d: d.edit("sop/surat.langkah.csv", "\n3,Meny", "\n4,Meny"), "KEG-07", CSV, 4),
    "jump to nowhere": Case(lambda d: d.edit("sop/surat.langkah.csv", ",3,1\n", ",9,1\n"), "ALR-03", CSV, 3),
    "decision with one exit": Case(lambda d: d.edit("sop/surat.langkah.csv", ",3,1\n", ",3,\n"), "ALR-02", CSV, 3),
    "loop without exit": Case(lambda d: d.edit("sop/surat.langkah.csv", ",3,1\n", ",1,1\n"), "ALR-04", CSV, 2),
    "arrow to itself": Case(lambda d: d.edit("sop/surat.langkah.csv", ",3,1\n", ",3,2\n"), "ALR-04", CSV, 3),
    "step never reached": Case(
        lambda d: d.edit("sop/surat.langkah.csv", ",3,1\n", ",selesai,1\n"), "ALR-03", CSV, 4
    ),
    "second start": Case(lambda d: d.edit("sop/surat.langkah.csv", "selesai", "mulai"), "ALR-01", CSV, 4),
    "box that branches": Case(lambda d: d.edit("sop/surat.langkah.csv", "keputusan", "proses"), "ALR-05", CSV, 3),
    "unknown actor": Case(
        lambda d: d.edit("sop/surat.langkah.csv", "2,Memeriksa surat masuk,Sekretaris DPRD", "2,Memeriksa,Juru Kunci"),
        "MSK-21", CSV, 3,
    ),
    "unreadable date": Case(lambda d: d.edit("sop/surat.yaml", "2026-02-02", "2026-02-30"), "TGL-01", YAML, 4),
    "unreadable duration": Case(lambda d: d.edit("sop/surat.langkah.csv", "1 jam", "sebentar saja"), "DUR-01", CSV, 3),
}  # fmt: skip


def earlier(desk: Desk) -> dict[str, str]:
    """Outputs of an earlier run."""
    folder = desk.folder / "outputs/uji/sop"
    folder.mkdir(parents=True)
    (folder / "surat.docx").write_bytes(b"docx dari kemarin")
    (folder / "surat.pdf").write_bytes(b"pdf dari kemarin")
    return {name: value for name, value in desk.visible().items() if name.startswith("uji/")}


@pytest.mark.parametrize("name", CASES)
def test_check_tells_place_cause_and_remedy(desk: Desk, name: str) -> None:
    case = CASES[name]
    case.spoil(desk)
    ran = desk.run("check", "--format", "json")
    found = [f for f in json.loads(ran.out)["findings"] if f["code"] == case.code]
    assert found, ran.out
    assert case.file in [f["place"]["file"] for f in found]
    if case.line is not None:
        assert case.line in [f["place"]["line"] for f in found]
    assert all(f["message"] and f["help"] for f in found)
    assert ran.err == ""
    assert not (desk.folder / "outputs").exists()


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", CASES)
def test_build_holds_the_document_back_and_keeps_earlier_outputs(desk: Desk, name: str, lang: str) -> None:
    CASES[name].spoil(desk)
    before = earlier(desk)
    ran = desk.run("build", "--lang", lang)
    assert ran.code == 1, ran.all
    assert {k: v for k, v in desk.visible().items() if k.startswith("uji/")} == before
    assert "Traceback" not in ran.all
    assert CASES[name].code in ran.out
    said = "was not made; its earlier outputs" if lang == "en" else "tidak dibuat; keluaran lama tidak diubah"
    assert said in " ".join(ran.out.split())
    assert {"temuan.html", "temuan.json"} <= set(desk.visible())


def test_the_office_itself_is_clean(desk: Desk) -> None:
    ran = desk.run("check", "--format", "json")
    errors = [f for f in json.loads(ran.out)["findings"] if f["severity"] == "error"]
    assert (ran.code, errors) == (0, [])


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("path", "part"),
    [("inputs/uij", "inputs/uji"), ("inputs/uji/sop/surta.yaml", "surat.yaml"), ("tidak/ada/sama/sekali", "tidak")],
)
def test_a_path_that_does_not_exist(desk: Desk, command: str, path: str, part: str) -> None:
    ran = desk.run(command, path)
    assert ran.code == 2
    assert ran.out == ""
    assert part in ran.err
    assert "Traceback" not in ran.err
    assert not (desk.folder / "outputs").exists()


def test_a_directory_in_place_of_a_file(desk: Desk) -> None:
    remove(desk.office / "sop/surat.langkah.csv")
    (desk.office / "sop/surat.langkah.csv").mkdir()
    before = earlier(desk)
    ran = desk.run("build", "--format", "json")
    assert ran.code == 1
    found = [f for f in json.loads(ran.out)["findings"] if f["code"].startswith("MSK")]
    assert "surat.langkah.csv" in found[0]["message"] + found[0]["place"]["file"]
    assert {k: v for k, v in desk.visible().items() if k.startswith("uji/")} == before


def _pipe(path: Path) -> None:
    os.mkfifo(path)


ENTRIES: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "MSK-02"),
    "broken link": (lambda path: path.symlink_to("tidak-ada.yaml"), "MSK-01"),
    "link to itself": (lambda path: path.symlink_to(path.name), "MSK-02"),
    "pipe": (_pipe, "MSK-02"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among the files")
@pytest.mark.parametrize("kind", ENTRIES)
def test_nothing_named_like_an_sop_is_passed_over(desk: Desk, kind: str) -> None:
    make, code = ENTRIES[kind]
    make(desk.office / "sop/lain.yaml")
    ran = desk.run("check", "--format", "json")
    found = [f for f in json.loads(ran.out)["findings"] if f["document"] == "uji/sop/lain"]
    assert [(f["code"], f["blocks"], f["place"]["file"]) for f in found] == [(code, True, "inputs/uji/sop/lain.yaml")]
    assert ran.code == 1


@pytest.mark.parametrize("table", ["x" * 300, "a\\nb", "kantor.yaml/x.csv", "/", "..", "~", "\\0"])
def test_a_step_table_of_any_name(desk: Desk, table: str) -> None:
    desk.edit("sop/surat.yaml", "surat.langkah.csv", f'"{table}"')
    ran = desk.run("check", "--format", "json")
    found = [f for f in json.loads(ran.out)["findings"] if f["code"] in ("MSK-01", "MSK-02", "MSK-12")]
    assert len(found) == 1, ran.out
    assert ran.code == 1


@pytest.mark.parametrize("register", ["jabatan.csv", "pejabat.csv", "regulasi.csv", "hari-libur.csv"])
@pytest.mark.parametrize("target", ["tidak-ada", "diri"])
def test_a_register_that_is_a_link_to_nowhere_is_told(desk: Desk, register: str, target: str) -> None:
    (desk.office / register).unlink(missing_ok=True)
    (desk.office / register).symlink_to(register if target == "diri" else target)
    found = json.loads(desk.run("check", "--format", "json").out)["findings"]
    assert next(f["code"] for f in found if f["place"]["file"] == f"inputs/uji/{register}") in ("MSK-01", "MSK-02")


@pytest.mark.parametrize(
    ("names", "remedy"),
    [
        (("anggota.csv", "pertemuan.csv"), "Buat `reses.yaml`"),
        (("resess.yaml", "anggota.csv"), "Ganti nama `resess.yaml` menjadi `reses.yaml`"),
        (("rekap masa 1.xlsx",), "Ganti nama `rekap masa 1.xlsx` menjadi `reses.xlsx`"),
    ],
)
@pytest.mark.parametrize("command", ["check", "recap"])
def test_a_recess_without_its_main_file(desk: Desk, command: str, names: tuple[str, ...], remedy: str) -> None:
    for name in names:
        desk.put(f"reses/2026-masa-1/{name}", "id,nama\n")
    ran = desk.run(command, "--format", "json")
    found = [f for f in json.loads(ran.out)["findings"] if f["document"] == "uji/reses/2026-masa-1"]
    assert [(f["code"], f["blocks"]) for f in found] == [("MSK-01", True)]
    assert found[0]["place"]["file"] == "inputs/uji/reses/2026-masa-1/reses.yaml"
    assert remedy in found[0]["help"]
    assert ran.code == 1


def test_no_inputs_at_all(desk: Desk) -> None:
    remove(desk.folder / "inputs")
    ran = desk.run("check")
    assert ran.code == 2
    assert "inputs" in ran.err


def test_one_bad_document_does_not_cost_the_others_theirs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    desk.put("sop/lain.yaml", SOP.replace("judul: Penerimaan Surat Masuk", "judul: [rusak"))
    ran = desk.run("build")
    assert ran.code == 3
    assert "uji/sop/surat.docx" in desk.visible()
    assert "uji/sop/lain.docx" not in desk.visible()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("step table missing", "MSK-01"),
        ("empty step table", "MSK-04"),
        ("step number gap", "KEG-07"),
        ("unknown actor", "MSK-21"),
        ("stage unreadable", "MSK-10"),
    ],
)
def test_one_fault_is_one_error(desk: Desk, name: str, code: str) -> None:
    CASES[name].spoil(desk)
    found = json.loads(desk.run("check", "--format", "json").out)["findings"]
    assert [finding["code"] for finding in found if finding["severity"] == "error"] == [code]


@pytest.mark.parametrize("stage", ["draf", "final"])
def test_a_row_that_cannot_be_read_holds_a_draft_and_is_told_once(desk: Desk, stage: str) -> None:
    desk.edit("sop/surat.yaml", "status: final", f"status: {stage}")
    desk.edit("sop/surat.langkah.csv", "2,Memeriksa surat masuk", "2,Memeriksa surat masuk, lalu memutuskan")
    before = earlier(desk)
    ran = desk.run("build", "--format", "json")
    found = [f for f in json.loads(ran.out)["findings"] if f["severity"] == "error"]
    assert [(f["code"], f["blocks"], f["place"]["line"]) for f in found] == [("MSK-16", True, 3)]
    assert ran.code == 1
    assert {k: v for k, v in desk.visible().items() if k.startswith("uji/")} == before


def test_a_step_that_is_no_mapping_holds_the_document(desk: Desk) -> None:
    steps = "[{no: 1, kegiatan: Menerima surat, pelaksana: Sekretaris DPRD}, Menyimpan surat]"
    desk.edit("sop/surat.yaml", "surat.langkah.csv", steps)
    desk.edit("sop/surat.yaml", "status: final", "status: draf")
    ran = desk.run("check", "--format", "json")
    assert [f["code"] for f in json.loads(ran.out)["findings"] if f["blocks"]] == ["MSK-09"]


def test_steps_that_cannot_be_read_are_not_called_missing_too(desk: Desk) -> None:
    rows = (desk.office / "sop/surat.langkah.csv").read_text(encoding="utf-8").splitlines()
    desk.put("sop/surat.langkah.csv", "".join(f'"{row}"\n' for row in rows))
    found = json.loads(desk.run("check", "--format", "json").out)["findings"]
    assert [finding["code"] for finding in found if finding["severity"] == "error"] == ["MSK-29"]
