"""The words and patterns of a ``waktu`` cell as data; ``durations`` is the parser that reads with them."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.model.dates import DAYS, MONTHS
from pipeline.model.duration import Bound, Unit

UNITS: dict[str, Unit] = {
    word: unit
    for unit, words in {
        Unit.SECOND: "detik dtk",
        Unit.MINUTE: "menit mnt mt min",
        Unit.HOUR: "jam j",
        Unit.DAY: "hari hr",
        Unit.WORKDAY: "hk",
        Unit.WEEK: "minggu pekan mgg",
        Unit.MONTH: "bulan bln",
        Unit.QUARTER: "triwulan tw",
        Unit.SEMESTER: "semester",
        Unit.YEAR: "tahun thn",
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
RANGE = re.compile(r"\s*(?:-|s\s*[./]\s*d\.?|sd|sampai dengan|sampai|hingga)\s*")
JOIN = re.compile(r"\s*(?:,|\+|dan|lebih)?\s*")
RATE = re.compile(r"(?<=[a-z)'])\s*(?:/|\bper\b|\b(?:untuk )?(?:setiap|tiap)\b)\s*([a-z][a-z ]*)$")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
SLASHED = re.compile(r"(?:(\d+)\s+)?(\d+)\s*/\s*(\d+)(?!\d)")
WORD = re.compile(r"[a-z]+")
SPELT = re.compile(r"\s*\(\s*([a-z½¼¾ ]+?)\s*\)")
TIMES = re.compile(r"\s*[x×]\s*(?=\d)")
MARK = {"'": Unit.MINUTE, "′": Unit.MINUTE, '"': Unit.SECOND, "″": Unit.SECOND}

NOTHING = re.compile(r"[-‐-―_.]+|n/?a")
SCHEDULES = re.compile(
    r"(?:per)?(?:harian|mingguan|bulanan|triwulanan|triwulan|semesteran|tahunan)|(?:per )?semester"
    r"|sepanjang (?:tahun|bulan|hari)|(?:setiap|tiap|per|awal|akhir|pertengahan)[- ].+|setiap(?: saat)? .+"
    r"|.*\b(?:tanggal|tgl\.?|pukul|minggu ke|pekan ke|bulan ke|hari ke|sebelum|sesudah|setelah|sejak)\b.*"
)
CALENDAR = re.compile(rf"\b(?:{'|'.join([*MONTHS, *DAYS[:6]])})\b", re.IGNORECASE)
UNMEASURABLE = re.compile(
    r"(?:di)?sesuai.*|menyesuaikan.*|kondisional.*|tentatif.*|insidentil|insidental|fleksibel|relatif|bervariasi"
    r"|(?:jika|bila|apabila) .+|tidak (?:terbatas|tentu|ditentukan|menentu).*|segera|seketika|saat itu(?: juga)?"
    r"|langsung|setiap saat|sewaktu-waktu|tergantung.*|bergantung.*|selama .+|situasional|berkelanjutan|terus-menerus"
)

AFTER_NUMBER = re.compile(r"[\d½¼¾)]\s*([a-z]+)")
SLOPPY = re.compile(r"""\d(?!x\d)[a-zA-Z]{2,}|\.\s*$|\s{2,}|\s[/;,.]|/\s|^\s|\s$|['"′″]""")
FULL_UNITS = frozenset(unit.value.split()[0] for unit in Unit) | {"pekan"}
VOCABULARY = (
    [word for word in UNITS if len(word) > 3]
    + ["jam", "kerja", "kalender", "efektif", "maksimal", "minimal", "paling", "lama", "sampai", "setengah"]
    + list(DIGITS)
)
