"""Plt., Plh., a.n., atau u.b. keliru.

Apa: Sebutan Plt., Plh., Pj., a.n., dan u.b. ditulis baku pada `sebagai`, satu saja, dan tidak diulang dalam jabatan.
    u.b. hanya ada sesudah a.n., dan u.p. hanya untuk alamat surat.
Mengapa: Sebutan menyatakan dari mana wewenang berasal; sebutan ganda atau bertentangan membuat tanda tangan tidak sah.
Salah: jabatan: a.n. Plt. Sekretaris DPRD; sebagai: Plt. dengan jabatan: Plh. Sekretaris DPRD
Benar: sebagai: Plt., jabatan: Sekretaris DPRD
Sumber: Tata naskah dinas (Permendagri 1/2023), bentuk tanda tangan atas nama dan pelaksana tugas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import Acting, acting

_TYPED = ("Plt.", "Plh.", "Pj.", "a.n.")
"""Marks that may stand under ``sebagai``."""
_SUPERIOR = re.compile(
    r"(?P<superior>(?:Wakil )?(?:Bupati|Wali ?kota|Gubernur|Sekretaris (?:Daerah|DPRD)|Sekda|Sekwan)\b[^,]*?)[,\s]+"
    r"(?P<own>(?:Sekretaris|Sekda|Sekwan|Asisten|Kepala|Kabag|Inspektur|Direktur|Camat|Lurah)\b.*)",
    re.IGNORECASE,
)
"""Both offices of a signature on behalf of another one: "Bupati Banyumas Sekretaris Daerah"."""


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """At most one hit: the first thing that is wrong with the marks before the signer's position."""
    if sop.signer is None:
        return
    told = acting(sop.signer.position)
    marks = tuple(dict.fromkeys((*((sop.signer.capacity,) if sop.signer.capacity else ()), *told.marks)))
    if marks:
        yield from _hits(sop.signer.capacity, told, marks)


def _hits(capacity: str, told: Acting, marks: tuple[str, ...]) -> Iterator[Hit]:
    path = ("pengesah", "jabatan" if told.marks else "sebagai")
    if "u.p." in marks:
        yield Hit(
            path,
            say("u.p. dipakai pada alamat surat, bukan pada tanda tangan."),
            say('Hapus "u.p." dari jabatan.'),
        )
    elif len(marks) > 1:
        yield Hit(path, _contradiction(marks), _remedy(told))
    elif marks == ("u.b.",):
        yield Hit(
            path,
            say("u.b. berdiri tanpa a.n."),
            say(
                "u.b. dipakai dua tingkat di bawah, sesudah baris a.n. SOP tidak disahkan dengan u.b.: pakai "
                "Sekretaris DPRD, atau Plt. atau Plh.-nya."
            ),
        )
    elif capacity and told.marks:
        yield Hit(
            path,
            say("{m} tercetak dua kali: pada `sebagai` dan di dalam jabatan.", m=marks[0]),
            say('Tulis jabatan "{o}" saja.', o=_offices(told)[1]),
        )
    elif told.marks and marks[0] in _TYPED:
        # Typed into the position it prints in capitals, "PLT. SEKRETARIS DPRD": wrong where it is also misspelled.
        spelled = told.written[0] == marks[0]
        yield Hit(
            path,
            say('"{w}" ditulis di dalam jabatan dan tercetak dengan huruf besar.', w=told.written[0]),
            _remedy(told),
            severity=Severity.WARNING if spelled else None,
        )


def _offices(told: Acting) -> tuple[str, str]:
    """The superior on whose behalf is signed, "" when unsaid, and the signer's own office."""
    both = _SUPERIOR.fullmatch(told.office) if told.marks[-1] == "a.n." else None
    return (both["superior"], both["own"]) if both else ("", told.office)


def _contradiction(marks: tuple[str, ...]) -> Message:
    return say("Sebutan {m} bertentangan: seorang pengesah hanya mempunyai satu.", m=" + ".join(marks))


def _remedy(told: Acting) -> Message:
    superior, own = _offices(told)
    if len(told.marks) == 1 and superior:
        return say(
            "Tulis `sebagai: {m}` dan `jabatan: {o}`. Nama atasan ({s}) tidak mempunyai kunci di masukan; bila harus "
            "tercetak, tulis pada templat, di atas jabatan pengesah.",
            m=told.marks[0],
            o=own,
            s=superior,
        )
    if len(told.marks) == 1:
        return say(
            "Tulis `sebagai: {m}` dan `jabatan: {o}`; bila keliru, kosongkan `sebagai`.", m=told.marks[0], o=told.office
        )
    return say(
        "Pilih satu: Plt. bila jabatan kosong, Plh. bila pejabatnya berhalangan, a.n. bila menandatangani untuk "
        "atasan. Tulis pada `sebagai`, dan `jabatan: {o}`.",
        o=told.office,
    )


RULE = Rule(
    code="TTD-07",
    name="sebutan-pengesah-keliru",
    severity=Severity.ERROR,
    summary=say("Plt., Plh., a.n., atau u.b. keliru"),
    source="Tata naskah dinas (Permendagri 1/2023)",
    doc=__doc__,
    check=check,
)
