"""Codes of the catalogue that are no rule: what sees to it instead, or why nothing does. ``explain`` tells it."""

from __future__ import annotations

from pipeline.model.message import Message, say

_MADE = say("Dijamin oleh pembuat dokumen dan dibuktikan oleh pengujiannya, jadi tidak ada yang perlu diperiksa.")
_PROVED = say("Diperiksa saat PDF dibuktikan, pada waktu dokumen dibuat.")
_BOOK = say("Belum diperiksa: buku SOP dengan sampul, daftar isi, dan keputusan belum dibuat program ini.")

ABSENT: dict[str, Message] = {
    **dict.fromkeys(("ALR-06", "ALR-07", "FMT-02", "FMT-04"), _MADE),
    **dict.fromkeys(("FMT-03", "FMT-05"), _PROVED),
    **dict.fromkeys(("STR-01",), _MADE),
    **dict.fromkeys(("STR-02", "STR-03", "STR-05", "STR-06", "TTD-06"), _BOOK),
    "TTD-12": say(
        "Tidak diperiksa: tulisan di kaki halaman berasal dari layanan tanda tangan, dan tidak semua membuatnya."
    ),
}
"""Code -> why it is no rule."""


def reason(code: str) -> Message | None:
    """What to tell who asks for ``code``, None when the catalogue has no such code, or it is a rule."""
    plain = code.strip().upper()
    why = ABSENT.get(plain)
    return None if why is None else say("{code} ada di katalog, tetapi bukan aturan. {why}", code=plain, why=why)


TITLE = say("Kode katalog yang bukan aturan")
ABOUT = say("Kode ini tidak dapat dipakai di `--select`, `--ignore`, `kantor.yaml`, atau `kecuali`.")
