"""Random recesses with everything that may be wrong with their rows."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.model.finding import Stage
from pipeline.model.recess import Meeting, Member, Proposal, Recess

COMMISSIONS = ("", "Komisi I", "Komisi II", "komisi  i")
DISTRICTS = ("Dapil 1", "Dapil 2", "")
MEMBERS = (
    *(
        Member(f"A{n}", n, f"Anggota Contoh {n:02d}", f"Fraksi {n % 3}", COMMISSIONS[n % 4], DISTRICTS[n % 3])
        for n in range(2, 8)
    ),
    Member("A2", 8, "Anggota Contoh 08", "Fraksi 9", "Komisi IX", "Dapil 9"),  # an id that is taken
    Member("A9", 9, "Anggota Contoh 09", "Fraksi 1", "", "Dapil 1", "Ketua DPRD"),
)
MEETINGS = (
    Meeting("P2", 2, "A2", subdistrict="Contoh Timur", village="Contoh Asri", participants=20),
    Meeting("P3", 3, "A3", subdistrict="Contoh Barat"),
    Meeting("P4", 4, "A99", participants=5),
    Meeting("P2", 5, "A4", participants=7),
)
TEXTS = st.sampled_from(
    [
        *("Perbaikan jalan RT 1", "perbaikan  jalan. RT 01", "Perbaikan jalan RT 2", "Mohon perbaikan jalan RT 1"),
        *("Rehab jembatan gantung yang rapuh", "Perbaikan jembatan gantung", "Pembangunan jembatan gantung"),
        *("Bantuan benih", "=1+1", "", "–", "Tidak diisi", "\u0000\u200b", "x" * 300, "5", "Jalan Melati", "ASPAL"),
    ]
)
FIELDS = st.sampled_from(["Pertanian", "pertanian ", "PU", "Pekerjaan Umum", "", "-", "Tidak diisi", "Ω ß ﬁ"])
PLACES = st.sampled_from(["Contoh Timur", "contoh timur", "Kec. Contoh Timur", "Contoh Barat", "", "-"])
AMOUNTS = st.one_of(st.none(), st.integers(0, 10**6), st.just(10**13), st.just(10**20))
ANY = st.text(max_size=12)


@st.composite
def proposals(draw: st.DrawFn, most: int = 25) -> tuple[Proposal, ...]:
    """Rows with empty cells, unknown members, other spellings, odd labels, huge amounts, and the same rows again."""
    size = draw(st.integers(0, most))
    return tuple(
        Proposal(
            id=draw(st.sampled_from([f"U{row}", "U2", ""])),
            row=row,
            meeting_id=draw(st.sampled_from(["P2", "P3", "P9", ""])),
            member_id=draw(st.sampled_from(["A2", "A3", "A4", "A9", "A99", ""])),
            text=draw(st.one_of(TEXTS, ANY)),
            field=draw(st.one_of(FIELDS, ANY)),
            agency=draw(FIELDS),
            subdistrict=draw(PLACES),
            village=draw(PLACES),
            location=draw(PLACES),
            volume=draw(st.sampled_from(["", "100", "1.000", "1,5", "seratus"])),
            unit=draw(st.sampled_from(["", "m", "km", "unit"])),
            amount=draw(AMOUNTS),
            priority=draw(st.sampled_from(["Tinggi", "tinggi", "Rendah", ""])),
            status=draw(st.sampled_from(["Selesai", "belum selesai", "Diusulkan", ""])),
        )
        for row in range(2, size + 2)
    )


@st.composite
def recesses(draw: st.DrawFn, most: int = 25) -> Recess:
    """A recess with random rows, in which the office joins and parts some of them."""
    rows = draw(proposals(most))
    ids = st.lists(st.sampled_from([*(row.id for row in rows), "U99"]), max_size=3).map(tuple)
    said = st.lists(ids, max_size=2).map(tuple)
    return recess(rows, together=draw(said), apart=draw(said))


def recess(
    rows: tuple[Proposal, ...],
    together: tuple[tuple[str, ...], ...] = (),
    apart: tuple[tuple[str, ...], ...] = (),
) -> Recess:
    """A recess with ``rows``."""
    return Recess(
        "contoh/reses/1",
        Stage.DRAFT,
        members=MEMBERS,
        meetings=MEETINGS,
        proposals=rows,
        together=together,
        apart=apart,
    )
