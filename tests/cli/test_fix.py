"""``check --fix`` and ``--diff``: what is safe is put right, everything else stays, and nothing is ever lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from tests.cli.desk import SOP, STEPS, Desk

BAD_SOP = SOP.replace("judul: Penerimaan Surat Masuk", "judul: SOP Penerimaan Surat Masuk.   # catatan kaki")
BAD_STEPS = STEPS.replace("10 menit", "10Menit")


@pytest.fixture
def wrong(desk: Desk) -> Desk:
    (desk.office / "sop/surat.yaml").write_text("# kepala\n" + BAD_SOP, encoding="utf-8", newline="")
    steps = BAD_STEPS.replace(",", ";").replace("\n", "\r\n")
    (desk.office / "sop/surat.langkah.csv").write_bytes(b"\xef\xbb\xbf" + steps.encode())
    return desk


def contents(desk: Desk) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((desk.office / "sop").iterdir())}


def test_diff_shows_and_changes_nothing(wrong: Desk) -> None:
    before = contents(wrong)
    ran = wrong.run("check", "--diff")
    assert "--- a/inputs/uji/sop/surat.yaml" in ran.out
    assert "-judul: SOP Penerimaan Surat Masuk.   # catatan kaki\n" in ran.out
    assert "+judul: Penerimaan Surat Masuk   # catatan kaki\n" in ran.out
    assert "+1;Menerima surat masuk;Kepala Bagian Umum;Surat masuk;10 menit;" in ran.out
    assert contents(wrong) == before
    assert not (wrong.folder / "outputs").exists()


def test_fix_changes_only_what_is_wrong(wrong: Desk) -> None:
    before = contents(wrong)
    ran = wrong.run("check", "--fix")
    after = contents(wrong)
    assert after["surat.yaml"].decode() == "# kepala\n" + BAD_SOP.replace(
        "SOP Penerimaan Surat Masuk.", "Penerimaan Surat Masuk"
    ).replace("Pemerintahan Daerah\n", "Pemerintahan Daerah.\n")
    expected = STEPS.replace(",", ";").replace("\n", "\r\n")
    assert after["surat.langkah.csv"] == b"\xef\xbb\xbf" + expected.encode()
    assert "temuan diperbaiki di 2 berkas" in ran.out
    assert "IDN-08" not in ran.out
    assert "DUR-02" not in ran.out
    kept = sorted(path for path in (wrong.folder / "outputs/.tertib/sebelum-perbaikan").rglob("*") if path.is_file())
    assert [path.name for path in kept] == ["surat.langkah.csv", "surat.yaml"]
    assert {path.name: path.read_bytes() for path in kept} == before


def test_fixing_twice_changes_nothing_more(wrong: Desk) -> None:
    wrong.run("check", "--fix")
    once = contents(wrong)
    ran = wrong.run("check", "--fix")
    assert contents(wrong) == once
    assert "Tidak ada temuan yang dapat diperbaiki otomatis" in ran.out
    assert wrong.run("check", "--diff").out == ""


def test_only_what_is_selected_is_fixed(wrong: Desk) -> None:
    wrong.run("check", "--fix", "--select", "DUR-02")
    after = contents(wrong)
    assert b"judul: SOP Penerimaan" in after["surat.yaml"]
    assert b"10Menit" not in after["surat.langkah.csv"]


def test_accepted_findings_are_left_alone(wrong: Desk) -> None:
    sop = wrong.office / "sop/surat.yaml"
    accepted = "kecuali: [{aturan: IDN-08, alasan: judul resmi, oleh: Bagian Organisasi, sampai: 2099-01-01}]\n"
    sop.write_text(sop.read_text(encoding="utf-8") + accepted, encoding="utf-8")
    wrong.run("check", "--fix")
    assert "judul: SOP Penerimaan Surat Masuk." in sop.read_text(encoding="utf-8")


def test_json_tells_what_can_be_fixed(wrong: Desk) -> None:
    data = json.loads(wrong.run("check", "--format", "json").out)
    fixable = {finding["code"] for finding in data["findings"] if finding["fixable"]}
    assert {"IDN-08", "DUR-02"} <= fixable
    assert data["summary"]["fixable"] >= 3


def test_the_report_names_the_way(wrong: Desk) -> None:
    assert "tertib check --fix" in wrong.run("check").out


def test_a_file_that_cannot_be_written_is_an_error_and_nothing_is_lost(wrong: Desk) -> None:
    before = contents(wrong)
    (wrong.office / "sop/.surat.yaml.baru").mkdir()
    ran = wrong.run("check", "--fix")
    (wrong.office / "sop/.surat.yaml.baru").rmdir()
    assert ran.code == 2
    assert contents(wrong)["surat.yaml"] == before["surat.yaml"]


def test_backups_that_cannot_be_kept_stop_the_fix(wrong: Desk) -> None:
    before = contents(wrong)
    (wrong.folder / "outputs").write_text("bukan folder", encoding="utf-8")
    ran = wrong.run("check", "--fix")
    assert ran.code == 2
    assert contents(wrong) == before


def test_sarif_holds_the_changes_of_the_files(wrong: Desk) -> None:
    before = contents(wrong)
    log = json.loads(wrong.run("check", "--format", "sarif", "--select", "DUR-02,BHS-01,IDN-08").out)
    schema = Path(__file__).parents[1] / "data/schemas/sarif-schema-2.1.0.json"
    Draft4Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(log)
    edits: dict[str, list[tuple[int, int, int, str]]] = {}
    for result in log["runs"][0]["results"]:
        for fix in result.get("fixes", ()):
            assert fix["description"]["text"]
            for change in fix["artifactChanges"]:
                for one in change["replacements"]:
                    region = one["deletedRegion"]
                    assert region["startLine"] == region["endLine"]
                    at = (region["startLine"], region["startColumn"], region["endColumn"])
                    uri = change["artifactLocation"]["uri"].rpartition("/")[2]
                    edits.setdefault(uri, []).append((*at, one["insertedContent"]["text"]))
    assert set(edits) == {"surat.yaml", "surat.langkah.csv"}
    wrong.run("check", "--fix", "--select", "DUR-02,BHS-01,IDN-08")
    for name, data in before.items():
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
        for line, start, end, text in sorted(edits.get(name, ()), reverse=True):
            old = lines[line - 1]
            lines[line - 1] = old[: start - 1] + text + old[end - 1 :]
        assert "".join(lines) == contents(wrong)[name].decode("utf-8-sig")
