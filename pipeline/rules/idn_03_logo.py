"""Logo tidak ada atau terlalu kecil.

Apa: Halaman identitas memuat lambang daerah, dan gambarnya sedikitnya 200 titik per inci pada ukuran cetaknya.
Mengapa: Tanpa lambang naskah dinas tidak lengkap; gambar kecil tercetak kabur.
Salah: logo.png berukuran 80 x 100 piksel
Benar: logo.png berukuran 400 x 500 piksel
Sumber: PermenPAN-RB 35/2012, unsur identitas: logo dan nama instansi. Batas 200 titik per inci adalah kebiasaan
    percetakan. Berkas yang disebut tetapi tidak ada atau bukan gambar adalah temuan MSK-31.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.finding import DataPath, Severity, place_of
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.message import say
from pipeline.model.picture import LOGO_HEIGHT, dots_per_inch, fitted
from pipeline.rules.base import Hit, Rule

_LEAST = 200
_PATH: DataPath = ("kantor", "logo")


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """At most one hit, for the office."""
    source = items[0].office
    office = source.office
    if office.logo is None:
        if not _is_told(source):
            yield Hit(
                _PATH,
                say("Kantor belum mempunyai logo; tempat lambang daerah pada halaman identitas kosong."),
                say(
                    "Letakkan gambar PNG atau JPEG lambang daerah di folder kantor dan tulis `logo: logo.png` di "
                    "kantor.yaml."
                ),
                subject="",
            )
        return
    pixels = office.logo_pixels
    if pixels is not None and dots_per_inch(pixels) < _LEAST:
        yield Hit(
            _PATH,
            say(
                "Logo {n} berukuran {w} x {h} piksel; dicetak hanya {d} titik per inci.",
                n=office.logo.name,
                w=pixels[0],
                h=pixels[1],
                d=dots_per_inch(pixels),
            ),
            say(
                "Pakai gambar yang sama bentuknya, sedikitnya setinggi {h} piksel.",
                h=-(-pixels[1] * _LEAST // max(1, dots_per_inch(pixels)))
                if fitted(pixels)[1] < LOGO_HEIGHT
                else _least_height(),
            ),
            subject="",
        )


def _is_told(source: OfficeInput) -> bool:
    """Has the reader said what is wrong with the file?"""
    place = place_of(source.places, _PATH)
    return any(finding.place == place for finding in source.findings)


def _least_height() -> int:
    """Pixels that a logo of full height needs."""
    return -(-LOGO_HEIGHT * _LEAST // 914400)


RULE = Rule(
    code="IDN-03",
    name="logo",
    severity=Severity.WARNING,
    summary=say("Logo tidak ada atau terlalu kecil"),
    source="PermenPAN-RB 35/2012, unsur identitas",
    doc=__doc__,
    compare=compare,
)
