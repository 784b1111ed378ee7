"""What is written down of a signed file before it is filed."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pipeline
from pipeline.model.message import say
from pipeline.model.particulars import Box
from pipeline.run.returned_record import record
from pipeline.sign.changes import Comparison
from pipeline.sign.match import Candidate, How
from pipeline.sign.reports import Level, SignatureReport, Trusted

EARLY = dt.datetime(2026, 3, 2, 9, 6, 7, 89, tzinfo=dt.UTC)
PLAIN = SignatureReport("ttd1", "Pejabat Contoh 01", None, None, Level.B_B, True, Trusted.NOT_CHECKED, False)
FULL = replace(
    PLAIN,
    field="ttd2",
    claimed=EARLY,
    proved=EARLY + dt.timedelta(hours=1),
    level=Level.B_LT,
    intact=False,
    whole=True,
    trusted=Trusted.YES,
    notes=(say("pencabutan tidak diperiksa"),),
    box=Box(2, 10.126, 20, 30.5, 40),
)


def written(*signatures: SignatureReport, **agreed: bool | None) -> dict[str, Any]:
    """The record, read back."""
    data = record(
        name="kembali.pdf",
        told="masuk/kembali.pdf",
        sha256="aa",
        original=Candidate("k/sop/a", "outputs/k/sop/a.pdf", "bb", 3, bytes),
        how=How.ID,
        compared=Comparison((), 4),
        signatures=signatures,
        agreed=agreed,
        notes=(say("masuk/kembali.pdf: tanda tangan utuh."),),
        today=dt.date(2026, 3, 4),
    )
    assert data.endswith(b"}\n")
    value: dict[str, Any] = json.loads(data)
    return value


def test_it_says_what_was_compared_with_what_and_when() -> None:
    value = written()
    assert (value["skema"], value["jenis"], value["diperiksa"]) == (1, "tertib-pemeriksaan-ttd", "2026-03-04")
    assert value["program"] == f"tertib {pipeline.__version__}"
    assert value["berkas"] == {"nama": "kembali.pdf", "sha256": "aa"}
    assert value["naskah_asli"] == {"dokumen": "k/sop/a", "sha256": "bb", "dikenali_dari": How.ID.value}
    assert value["perbandingan"]["halaman"] == 4
    assert value["perbandingan"]["tidak_dibandingkan"][0] == "pita 20 mm di kaki setiap halaman"
    assert value["catatan"] == ["kembali.pdf: tanda tangan utuh."]
    assert value["tanda_tangan"] == []


def test_it_says_of_each_signature_what_is_known() -> None:
    one, two = written(PLAIN, FULL, ttd2=False)["tanda_tangan"]
    assert one == {
        "penanda_tangan": "Pejabat Contoh 01",
        "sesuai_penetapan": None,
        "medan": "ttd1",
        "tingkat": "B-B",
        "utuh": True,
        "sampai_akhir_berkas": False,
        "penerbit": "tidak diperiksa",
        "waktu_menurut_penanda_tangan": None,
        "waktu_terbukti": None,
        "letak": None,
        "catatan": [],
    }
    assert two == {
        "penanda_tangan": "Pejabat Contoh 01",
        "sesuai_penetapan": False,
        "medan": "ttd2",
        "tingkat": "B-LT",
        "utuh": False,
        "sampai_akhir_berkas": True,
        "penerbit": "tepercaya",
        "waktu_menurut_penanda_tangan": "2026-03-02T09:06:07+00:00",
        "waktu_terbukti": "2026-03-02T10:06:07+00:00",
        "letak": {"page": 2, "originX": 10.13, "originY": 20.0, "width": 30.5, "height": 40.0},
        "catatan": ["pencabutan tidak diperiksa"],
    }
