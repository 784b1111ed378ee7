"""The address under which an office publishes its documents (``alamat_dokumen``), as the QR code says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.model.message import Message, say
from pipeline.readers import faults
from pipeline.readers.fields import Reading

KEY: Final = "alamat_dokumen"
LONGEST: Final = 120
"""Signs of an address: a longer one makes the modules of the code too fine for 20 mm."""
_KNOWN = ("{dokumen}", "{sidik}")


def publication(reading: Reading) -> str:
    """The address, or "" without one and after a finding: then the code says ``tertib:`` and the document."""
    text = reading.text(KEY)
    fault = next(_faults(text), None) if text else None
    if fault is None:
        return text
    reading.collector.add(
        faults.NOT_ALLOWED,
        reading.place(KEY),
        fault,
        say(
            "Contoh: `alamat_dokumen: https://setwan.contoh.example/dokumen/{dokumen}?sidik={sidik}`. Bila dokumen "
            "belum dimuat di laman kantor, hapus baris ini."
        ),
    )
    return ""


def _faults(text: str) -> Iterator[Message]:
    if not re.match(r"https?://[^/\s]+", text):
        yield say("alamat dokumen harus diawali `https://` dan nama laman")
    if re.search(r"[^!-~]", text):
        yield say("alamat dokumen memuat spasi atau huruf yang tidak boleh ada dalam alamat")
    if "{dokumen}" not in text:
        yield say("alamat dokumen tidak memuat `{dokumen}`, tempat pengenal dokumennya")
    unknown = sorted(set(re.findall(r"{[^{}]*}?|}", text)) - set(_KNOWN))
    if unknown:
        yield say("`{name}` tidak dikenal dalam alamat dokumen", name=unknown[0])
    if len(text) > LONGEST:
        yield say("panjang alamat dokumen {n} karakter, paling banyak {most}", n=len(text), most=LONGEST)
