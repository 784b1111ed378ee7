"""Penulisan gelar keliru.

Apa: Gelar bertitik di setiap bagian, dan sesudah koma ada spasi.
Mengapa: Nama pejabat tercetak besar di blok tanda tangan; gelar yang keliru langsung terlihat.
Salah: PEJABAT CONTOH, S.H.,M.Hum
Benar: PEJABAT CONTOH, S.H., M.Hum.
Sumber: Ejaan Bahasa Indonesia yang Disempurnakan, singkatan gelar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import signer_path

_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\.)+(?:[A-Z][A-Za-z]{0,5})?$|[SM][A-Z]{1,3}$|[SM][A-Z][a-z]{1,4}$")
_TIDY = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\.)+$")
_KNOWN = {
    **{"SH": "S.H.", "SE": "S.E.", "ST": "S.T.", "MM": "M.M.", "MH": "M.H.", "MT": "M.T.", "SIP": "S.I.P."},
    **{"MSi": "M.Si.", "MAP": "M.A.P.", "SSos": "S.Sos.", "SKom": "S.Kom.", "MPd": "M.Pd.", "SPd": "S.Pd."},
}


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """One hit when the titles after the name are not written as they should be."""
    if sop.signer is None or "," not in sop.signer.name:
        return
    name, *degrees = (part.strip() for part in sop.signer.name.split(","))
    right = ", ".join((name, *(_tidied(degree) for degree in degrees)))
    if right != sop.signer.name.strip():
        yield Hit(
            signer_path(sop),
            say(
                id='Gelar pada "{n}" belum baku.', en='The titles of "{n}" are not written as usual.', n=sop.signer.name
            ),
            say(id='Tulis "{r}".', en='Write "{r}".', r=right),
        )


def _tidied(degree: str) -> str:
    if _TIDY.match(degree) or not _DEGREE.match(degree):
        return degree
    return _KNOWN.get(degree, degree if "." not in degree else degree + ".")


RULE = Rule(
    code="TTD-04",
    name="gelar-keliru",
    severity=Severity.WARNING,
    summary=say(id="Penulisan gelar keliru", en="A title after a name is written wrongly"),
    source="Ejaan Bahasa Indonesia yang Disempurnakan",
    doc=__doc__,
    check=check,
)
