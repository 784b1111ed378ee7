"""Penulisan gelar keliru.

Apa: Gelar bertitik di setiap bagian; gelar di belakang nama didahului koma dan spasi, gelar di depan diikuti spasi.
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
from pipeline.rules.edits import replacements
from pipeline.rules.signers import signer_path

_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\.)+(?:[A-Z][A-Za-z]{0,5})?$|[SM][A-Z]{1,3}$|[SM][A-Z][a-z]{1,4}$")
_TIDY = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\.)+$")
_BLANKS = re.compile(r"(?<=\.)\s+(?=[A-Z][A-Za-z]{0,5}\b\.?)")
_FRONT = re.compile(r"^((?:(?:Prof|Drs|Dra|Dr|dr|Ir|Hj)\b\.?\s*|(?:KH|H)\.\s*)+)(?=[A-Z])")
_FRONT_PART = re.compile(r"(Prof|Drs|Dra|Dr|dr|Ir|Hj|KH|H)\b\.?\s*")
_BARE = re.compile(
    r"(?<=[A-Za-z])\s+((?:S\.\s?(?:H|E|T|P|Sos|IP|I\.P|AP|A\.P|Kom|Pd|Ag|STP|Psi|Si|Hut|KM|Farm)"
    r"|M\.\s?(?:H|M|T|P|Si|Hum|Pd|AP|A\.P|Kn|Kes|Sc|Ag|Ak|Kom|IP)|A\.Md|Ph\.D)\.?)$"
)
"""A degree behind the name without a comma before it."""
_KNOWN = {
    **{"SH": "S.H.", "SE": "S.E.", "ST": "S.T.", "MM": "M.M.", "MH": "M.H.", "MT": "M.T.", "SIP": "S.I.P."},
    **{"MSi": "M.Si.", "MAP": "M.A.P.", "SSos": "S.Sos.", "SKom": "S.Kom.", "MPd": "M.Pd.", "SPd": "S.Pd."},
    **{"SAP": "S.A.P.", "MSc": "M.Sc.", "MKn": "M.Kn.", "SAg": "S.Ag.", "MHum": "M.Hum.", "MKes": "M.Kes."},
}

_SEVERAL = frozenset(("SIP", "SAP", "MAP", "SKM", "SPT", "SPI"))
"""Without full stops these may be more than one title."""


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """One hit when the titles around the name are not written as they should be."""
    if sop.signer is None or not sop.signer.name.strip():
        return
    name = sop.signer.name.strip()
    right = tidied(name)
    if right != name:
        yield Hit(
            signer_path(sop),
            say('Gelar pada "{n}" belum baku.', n=name),
            say('Tulis "{r}".', r=right),
            fixes=replacements(("pengesah", "nama"), name, right) if _is_sure(name) else (),
        )


def _is_sure(name: str) -> bool:
    """Are only full stops and blanks wrong? Which titles they are, and where the name ends, is not for a program to
    say: "SIP" may be S.I.P. or S.IP., and initials may end a name."""
    person, *degrees = (part.strip() for part in name.split(","))
    return _BARE.search(person) is None and not any(_BLANKS.sub("", degree) in _SEVERAL for degree in degrees)


def tidied(name: str) -> str:
    """``name`` with its titles as they should be: ``"Drs CONTOH, S.H.,M.Hum"`` -> ``"Drs. CONTOH, S.H., M.Hum."``."""
    person, *degrees = (part.strip() for part in name.split(","))
    front = _FRONT.match(person)
    if front is not None:
        marks = " ".join(f"{mark}." for mark in _FRONT_PART.findall(front[1]))
        person = f"{marks} {person[front.end() :]}"
    bare = _BARE.search(person)
    if bare is not None:
        person, degrees = person[: bare.start()], [bare[1], *degrees]
    return ", ".join((person, *(_tidied(degree) for degree in degrees)))


def _tidied(degree: str) -> str:
    joined = _BLANKS.sub("", degree)
    if _TIDY.match(joined):
        return joined
    if not _DEGREE.match(joined):
        return degree
    return _KNOWN.get(joined, joined if "." not in joined else joined + ".")


RULE = Rule(
    code="TTD-04",
    name="gelar-keliru",
    severity=Severity.WARNING,
    summary=say("Penulisan gelar keliru"),
    source="Ejaan Bahasa Indonesia yang Disempurnakan",
    doc=__doc__,
    check=check,
    fixable=True,
)
