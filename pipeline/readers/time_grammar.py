"""The words and patterns of a ``waktu`` cell as data; ``durations`` is the parser that reads with them."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.model.dates import DAYS, MONTHS
from pipeline.model.duration import Bound, Unit

UNITS: dict[str, Unit] = {
    word: unit
    for unit, words in {
        Unit.SECOND: "detik dtk det",
        Unit.MINUTE: "menit mnt mt min",
        Unit.HOUR: "jam j",
        Unit.DAY: "hari hr",
        Unit.WORKDAY: "hk",
        Unit.WEEK: "minggu pekan mgg mg",
        Unit.MONTH: "bulan bln",
        Unit.QUARTER: "triwulan tw",
        Unit.SEMESTER: "semester",
        Unit.YEAR: "tahun thn th",
    }.items()
    for word in words.split()
}
UNIT_WORDS = "|".join(UNITS)
QUALIFIERS: dict[tuple[Unit, str], Unit] = {
    (Unit.DAY, "kerja"): Unit.WORKDAY,
    (Unit.DAY, "efektif"): Unit.WORKDAY,
    (Unit.DAY, "kalender"): Unit.CALENDAR_DAY,
    (Unit.DAY, "takwim"): Unit.CALENDAR_DAY,
    (Unit.HOUR, "kerja"): Unit.HOUR,
    (Unit.HOUR, "efektif"): Unit.HOUR,
}
DIGITS: dict[str, int] = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
FRACTIONS: dict[str, Fraction] = {
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
}  # fmt: skip
SHARES: dict[str, int] = {"perempat": 4, "pertiga": 3, "perdua": 2}
"""What follows a number in words: "tiga perempat"."""
PARTS: dict[str, Fraction] = {
    "setengah": Fraction(1, 2), "separuh": Fraction(1, 2), "seperempat": Fraction(1, 4), "sepertiga": Fraction(1, 3),
}  # fmt: skip
BOUNDS: tuple[tuple[Bound, str], ...] = (
    (
        Bound.AT_MOST,
        r"paling (?:lama|lambat|banyak)|selambat-lambatnya|selama-lamanya|maksimal|maksimum|maks\.?|max\.?"
        r"|sampai dengan|s\s*[./]\s*d\.?|hingga|kurang dari|≤|<=?",
    ),
    (
        Bound.AT_LEAST,
        r"paling (?:cepat|sedikit|singkat|kurang)|sekurang-kurangnya|minimal|minimum|min\.?(?=\s*\d)|lebih dari|≥|>=?",
    ),
    (Bound.ABOUT, r"±|\+\s*/\s*-|\+\s*-|kurang lebih|lebih kurang|kira-kira|sekitar"),
)
PREFIX = tuple((bound, re.compile(rf"(?:{pattern})\s*")) for bound, pattern in BOUNDS)
SUFFIX = tuple(
    (bound, re.compile(rf"\s*\(?(?:{pattern})\)?$"))
    for bound, pattern in ((Bound.AT_MOST, r"maksimal|maksimum|maks\.?"), (Bound.AT_LEAST, r"minimal|minimum"))
)
RANGE = re.compile(r"\s*(?:-|~|s\s*[./]\s*d\.?|(?:sd|sampai dengan|sampai|hingga|atau)\b)\s*")
BETWEEN = re.compile(r"antara\s+")
JOIN = re.compile(r"\s*(?:,|\+|dan|lebih)?\s*")
RATE = re.compile(r"(?<=[a-z)'])\s*\(?\s*(?:/|@|\bper\b|\b(?:untuk )?(?:setiap|tiap)\b)\s*([a-z][a-z ]*?)\s*\)?$")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?![\d.,])|\d+[.,]\d{1,2}(?![\d.,])|\d+(?![\d.,]?\d)")
"""A comma before three digits may group thousands as English does: such a number is not read."""
CLOCK = re.compile(r"([1-9]\d*)[.:]([0-5]\d) ?jam")
"""Hours and minutes, or hours with a decimal point? Not read, but suggested."""
SLASHED = re.compile(r"(?:(\d+)\s+)?(\d+)\s*/\s*([234])(?!\d)")
SLASH_RANGE = re.compile(r"(?<![\d.,])(\d+)\s*/\s*(?=\d)")
WORD = re.compile(r"[a-z]+")
SPELT = re.compile(r"\s*\(\s*([a-z½¼¾ ]+?)\s*\)")
TURNED = re.compile(r"([a-z][a-z ]*?) ?\( ?(\d+) ?\)")
"""The number in words first: "tiga (3) hari"."""
RESTATED = re.compile(r"(.+?) ?\(([^()]+)\)$")
"""A value with another one in brackets behind it: "2 minggu (10 hari kerja)"."""
TIMES = re.compile(r"\s*(?:[x×]|kali\b)\s*(?=\d)")
MARK = {mark: unit for marks, unit in (("'′’", Unit.MINUTE), ('"″”', Unit.SECOND)) for mark in marks}
JOINED = re.compile(r"\b(se|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)(puluh|belas|ratus|ribu)\b")
FOREIGN: dict[str, str] = {
    word: unit
    for unit, words in {
        "detik": "second seconds sec", "menit": "minute minutes mins", "jam": "hour hours hrs",
        "hari": "day days", "minggu": "week weeks", "bulan": "month months", "tahun": "year years",
    }.items()
    for word in words.split()
}  # fmt: skip
"""English units, suggested in Indonesian."""
APART = frozenset(("caturwulan", "malam", "kali"))
"""Words that are near a unit in spelling but mean something else."""

SECONDS: dict[Unit, tuple[int, int]] = {
    Unit.SECOND: (1, 1),
    Unit.MINUTE: (60, 60),
    Unit.HOUR: (3600, 3600),
    Unit.DAY: (4 * 3600, 86400),
    Unit.WORKDAY: (4 * 3600, 86400),
    Unit.CALENDAR_DAY: (86400, 86400),
    Unit.WEEK: (5 * 4 * 3600, 7 * 86400),
    Unit.MONTH: (20 * 4 * 3600, 31 * 86400),
    Unit.QUARTER: (60 * 4 * 3600, 92 * 86400),
    Unit.SEMESTER: (120 * 4 * 3600, 184 * 86400),
    Unit.YEAR: (240 * 4 * 3600, 366 * 86400),
}
"""Fewest and most seconds that a unit may mean, in working or in clock time: tells a range that runs backwards."""
NOTHING = re.compile(r"[-‐-―_.…?]+|n[/.]?\s?a\.?|nihil|tidak ada")
SCHEDULES = re.compile(
    r"(?:per)?(?:harian|mingguan|bulanan|triwulanan|triwulan|semesteran|tahunan)|(?:per )?semester"
    r"|per(?:hari|minggu|bulan|tahun)|sepanjang (?:tahun|bulan|hari)|(?:pada |dalam )?jam (?:kerja|kantor|dinas)"
    r"|h ?[-+] ?\d+\b.*|(?:minggu|pekan) (?:i{1,3}|iv|pertama|kedua|ketiga|keempat|terakhir)\b.*"
    r"|(?:setiap|tiap|per|awal|akhir|pertengahan)[- ].+|setiap(?: saat)? .+"
    r"|(?:(?:jam|pkl\.?) )?\d{1,2}[.:]\d\d(?: ?(?:-|s[./]?d\.?|sampai) ?\d{1,2}[.:]\d\d)?(?: ?wi(?:b|ta|t))?"
    r"|.*\b(?:tanggal|tgl\.?|pukul|minggu ke|pekan ke|bulan ke|hari ke|sebelum|sesudah|setelah|sejak)\b.*"
)
CALENDAR = re.compile(rf"\b(?:{'|'.join([*MONTHS, *DAYS[:6]])})\b", re.IGNORECASE)
UNMEASURABLE = re.compile(
    r"(?:di)?sesuai.*|menyesuaikan.*|kondisional.*|tentati[fv]e?.*|insidentil|in[sc]idental|fleksibel|relati[fv]e?"
    r"|bervariasi|(?:se)?cepatnya|secepat mungkin|(?:se)?segera mungkin|real ?time|on ?time|tepat waktu|situasional"
    r"|(?:jika|bila|apabila) .+|(?:tak|tidak) (?:ter|di)batas.*|tidak (?:tentu|ditentukan|menentu).*|segera|seketika"
    r"|saat itu(?: juga)?|langsung|setiap saat|sewaktu-waktu|tergantung.*|bergantung.*|selama .+|berkelanjutan"
    r"|terus-menerus"
)

AFTER_NUMBER = re.compile(r"[\d½¼¾)]\s*([a-z]+)")
SLOPPY = re.compile(r"""\d(?!x\d)[a-zA-Z]{2,}|\.\s*$|\s{2,}|\s[/;,.]|/\s|^\s|\s$|['"′″’”]""")
FULL_UNITS = frozenset(unit.value.split()[0] for unit in Unit) | {"pekan"}
VOCABULARY = (
    [word for word in UNITS if len(word) > 3]
    + ["jam", "kerja", "kalender", "efektif", "maksimal", "minimal", "paling", "lama", "sampai", "setengah"]
    + list(DIGITS)
)
