"""Why the operating system refused a file, in both languages: its own texts are English only."""

from __future__ import annotations

import errno

from pipeline.model.message import Message, say

_REASONS = {
    errno.EACCES: say(id="tidak ada izin", en="no permission"),
    errno.EPERM: say(id="tidak ada izin", en="no permission"),
    errno.EROFS: say(id="hanya dapat dibaca", en="read-only"),
    errno.EISDIR: say(id="ini folder, bukan berkas", en="this is a folder, not a file"),
    errno.ENOTDIR: say(id="ini berkas, bukan folder", en="this is a file, not a folder"),
    errno.ENOENT: say(id="tidak ada di tempatnya", en="it is not there"),
    errno.ENOSPC: say(id="penyimpanan penuh", en="the disk is full"),
    errno.EDQUOT: say(id="jatah penyimpanan habis", en="the disk quota is used up"),
    errno.ENAMETOOLONG: say(id="namanya terlalu panjang", en="its name is too long"),
    errno.ELOOP: say(id="tautannya berputar", en="its links go round"),
    errno.EBUSY: say(id="sedang dipakai program lain", en="another program is using it"),
    errno.EMFILE: say(id="terlalu banyak berkas terbuka", en="too many files are open"),
    errno.EIO: say(id="disk atau jaringan bermasalah", en="the disk or the network has a fault"),
}


def why(error: OSError) -> Message:
    """The reason in words of people; the number of the system's error where there are none."""
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return known
    return say(
        id="kesalahan sistem nomor {n} ({text})",
        en="system error number {n} ({text})",
        n=error.errno or "?",
        text=error.strerror or type(error).__name__,
    )
