"""Why the operating system refused a file, in both languages: its own texts are English only."""

from __future__ import annotations

import errno

from pipeline.model.message import Message, say

_REASONS = {
    errno.EACCES: say("tidak ada izin"),
    errno.EPERM: say("tidak ada izin"),
    errno.EROFS: say("hanya dapat dibaca"),
    errno.EISDIR: say("ini folder, bukan berkas"),
    errno.ENOTDIR: say("ini berkas, bukan folder"),
    errno.ENOENT: say("tidak ada di tempatnya"),
    errno.EEXIST: say("nama itu sudah dipakai"),
    errno.ENOSPC: say("penyimpanan penuh"),
    errno.EDQUOT: say("jatah penyimpanan habis"),
    errno.ENAMETOOLONG: say("namanya terlalu panjang"),
    errno.ELOOP: say("tautannya berputar"),
    errno.EBUSY: say("sedang dipakai program lain"),
    errno.EMFILE: say("terlalu banyak berkas terbuka"),
    errno.ENXIO: say("ini bukan berkas biasa, melainkan pipa atau perangkat"),
    errno.EFBIG: say("berkasnya terlalu besar"),
    errno.EIO: say("disk atau jaringan bermasalah"),
    errno.ECONNREFUSED: say("tidak ada program yang mendengarkan di sana"),
    errno.ECONNRESET: say("sambungannya diputus dari sana"),
    errno.EHOSTUNREACH: say("komputernya tidak terjangkau lewat jaringan"),
    errno.ENETUNREACH: say("jaringannya tidak terjangkau"),
    errno.ETIMEDOUT: say("tidak ada jawaban"),
}


def why(error: OSError) -> Message:
    """The reason in words of people; the number of the system's error where there are none."""
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return known
    return say("kesalahan sistem nomor {n} ({text})", n=error.errno or "?", text=error.strerror or type(error).__name__)
