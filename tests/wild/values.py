"""Values that nobody expects, for every place of the inputs."""

from __future__ import annotations

from hypothesis import strategies as st

LONG = "Sekretaris " * 600
SIGNS = [
    "", " ", "\u00a0", "-", "–", "—", ".", ";", ",", ":", "/", "(", ")", "?", "!", "#", "&", "*", "`", "``", "'", '"',
    "{x}", "{", "}", "{}", "{0}", "{name!r:>9}", "%s", "%(a)s", "%", "\\", "\\N{BULLET}", "$1", "<b>", "]]>", "-->",
    "</script><script>alert(1)</script>", "::error::x", "=1+1", "@", "|", ">", "~", "null", "yes", "no", "!!python/x",
    "\u200f", "\u202eabc\u202c", "\u2066x", "e\u0301", "\u0301", "a\u0338" * 40, "\u2028", "\u2029", "\x85", "\ufeff",
    "\x0b", "\x0c", "\x00", "\x07", "\x1b[31m", "\x7f", "\ufffe", "\uffff", "\U0010ffff", "😀", "👩‍👩‍👧", "𐍈", "ﬁ", "İ",
    "ı", "ß", "ẞ", "ſ", "ǰ", "ŉ", "Ⅳ", "²", "½", "⅐", "٣", "१२", "一", "〇", "①", "𝟙", "௰", "ª", "\u1680",
]  # fmt: skip
NUMBERS = [
    "0", "1", "2", "3", "-1", "+1", "01", "1.5", "1,5", "1e999", "1e5", "nan", "inf", "-inf", "0x10", "0o7", "1_000",
    "99", "12345678901234567890", "9" * 310, "9" * 5000, "-" + "9" * 5000, "0." + "0" * 400 + "1", "1/0", "1/3", "²",
    "٣", "1.000.000", "Rp1.250.000", "Rp 1,5 juta", "Rp-5", "Rp" + "9" * 5000, "1 2", "1-", "--1", "I", "MMXXIV",
]  # fmt: skip
DATES = [
    "2026-01-12", "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2023-02-30", "2024-02-29",
    "1900-02-29", "-2023-01-01", "2023-1-2", "2023-W01-1", "20230102", "2023-01-02T00:00:00Z", "31 Februari 2023",
    "1 Januari 0001", "31 Desember 9999", "1 Januari 99999", "٢٠٢٣-٠١-٠٢", "²023-01-02", "Jumat, 1 Mei 2026", "2026",
    "1 Mei", "01/02/2026", "44927", "tahun " + "9" * 5000,
]  # fmt: skip
TIMES = [
    "1 hari", "0 hari", "-3 hari", "3 hri", "5-10 menit", "10-5 menit", "1 – 20 Hari Kerja", "maks. 3 hari",
    "±1 hari", "setengah hari", "1½ jam", "½½ jam", "1 x 24 jam", "0 x 0 jam", "9x9x9 jam", "2 bulan 1 minggu",
    "2 menit/berkas", "2 menit/0", "1 jam; 2 jam", "Triwulanan", "Sesuai kebutuhan", "9999999999 tahun",
    "9" * 400 + " hari", "1e400 jam", "9" * 5000 + " detik", "satu hari", "seratus ribu juta tahun",
    "dua puluh dua puluh hari", "1 (dua) hari", "1 (", "hari", "1/0 jam", "1/7 hari", "٣ hari", "² hari",
    "1.2.3.4 jam", "1,,5 jam", "1 jam " * 200, "1 hari kerja - 1 hari", "H-3", "08.00-09.00", "99.99",
    "paling lama paling lama 2 jam", "s.d. 3 hari", "T+1", "1 jam/1 hari/1 menit",
]  # fmt: skip
CITATIONS = [
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah", "UU 17/2014", "UU Nomor ٣ Tahun ٢٠١٤",
    "Undang-Undang", "Undang-Undang Nomor 99999999999999999999 Tahun 0", "Undang-Undang Nomor 0 Tahun 9999",
    "UU No. ² Th. ²", "Peraturan Daerah Kabupaten  Nomor Tahun tentang", "Perda (Perda (Perda (Perda",
    "Nomor " + "9" * 5000,
    "Peraturan Pemerintah Nomor 12 Tahun 2018 tentang X (Lembaran Negara Tahun 2018 Nomor 59, TLN 6197)",
    "Lembaran Negara Republik Indonesia Tahun 99999 Nomor 1", "Perbup Contoh Nomor 2 Tahun 2025 " * 60,
    "Keputusan Bupati Nomor 1/2/3/4 Tahun 2020", "Surat Edaran Nomor {x} Tahun {y}",
    "sebagaimana telah diubah " * 100,
    "Undang-Undang Nomor 1 Tahun 2020 sebagaimana telah diubah dengan Undang-Undang Nomor 1 Tahun 2020", "UUD 1945",
    "Permendagri 52 Tahun 2011 jo. Permendagri 53 Tahun 2011 jo. " * 20, "TAP MPR", "Perppu Nomor 1 Tahun 2099",
]  # fmt: skip
PEOPLE = [
    "Sekretaris DPRD", "Anggota DPRD", "Kepala Bagian Umum dan Keuangan", "Sekwan > Sekwan", "> >", "Tamu;Tamu",
    ";;;", "Tamu > ", "Kabag", "Dr. H. Contoh, S.H., M.H.", ",,,", "Hj.", "setwan", "ketua", "Plt.", "a.n.",
    "Juru Kunci", "197501012000011001", "000000000000000000", "99999999 999999 9 999", "197013321990131001",
    "19750101 200001 1 ٠٠١", "190001011800011001", "IV/a", "IV/z", "I/e", "Pembina Utama Muda", "Ketua DPRD",
    "internal", "dprd", "eksternal",
]  # fmt: skip
SENTENCES = [
    "Menerima surat", "Surat diterima oleh Sekretaris DPRD", "oleh oleh oleh", "oleh", "Apakah lengkap?",
    "Memeriksa dan " "menandatangani serta mengirim", "dan", "SOP", "SOP SOP SOP", "Pelaksanaan Reses",
    "melaksanakan " * 300, "dll", "TBD", "kepada", "Bupati menetapkan kepada Bupati oleh Bupati", "Jika maka",
    "memmemmem", "me", "di", "ber-", "A. B. C. D.", "1. Menerima", "Ya", "selesai", "mulai", "keputusan", "proses",
    "lihat SOP Pelaksanaan Reses", "Kegiatan\nbaru\r\nlagi",
]  # fmt: skip
TARGETS = [
    "selesai", "1;2", "2;2;2", "1;selesai", ";", "A=1", "A=1; B=2", "A=", "=1", "A=A", "A=1=2", "A;B", "1,2", "A=99",
    "=".join("AAAAAA"), "; ".join(f"A{n}={n}" for n in range(60)),
]  # fmt: skip
PATTERNS = [
    "(((((", "(?P<tahun>\\d+", "(?P<a>x)(?P<a>y)", "[", "\\", "(?P<klasifikasi>.*)(?P<urut>.*)(?P<tahun>.*)", "",
    "(?i)x(?i)", "\\1", "(?P<tahun>\\w+)", "(?P<tahun>x)?", "a{99999}{99999}", "(?<=a+)b", "\\p{L}", "{x}", "^$",
]  # fmt: skip
CODES = [
    "HKM", "HKM-01", "hkm-01", "HKM-99", "XYZ-01", "MSK-05", "INT-01", "ATR-01", "*", "semua", "error", "warning",
    "mati", "info", "draf", "final", "tinjau", "F4", "A4", "kabupaten", "kota", "langkah 3", "langkah 99 waktu",
    "langkah x", "dasar_hukum 2", "2026", "1", "kalender", "kerja", "ada", "berlaku", "dicabut", "tinggi",
]  # fmt: skip
EVERY = [*SIGNS, *NUMBERS, *DATES, *TIMES, *CITATIONS, *PEOPLE, *SENTENCES, *TARGETS, *PATTERNS, *CODES, LONG]

_plain = st.sampled_from(EVERY)
TEXTS = st.one_of(
    _plain,
    _plain,
    st.sampled_from(TIMES),
    st.sampled_from(CITATIONS),
    st.sampled_from(SENTENCES),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.lists(_plain, min_size=2, max_size=3).map(" ".join),
    st.lists(_plain, min_size=2, max_size=3).map("".join),
)
"""Any text that UTF-8 can hold."""
SCALARS = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.integers(),
    st.floats(),
    st.dates(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
"""Any value that YAML can hold."""
