"""The public edition: the same rows and sums, nothing personal in any text, and nothing of it in any file."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.office import Official
from pipeline.model.personal import EMAIL, IDENTITY, PHONE, find
from pipeline.model.public import GONE, normal
from pipeline.model.recess import (
    Attachment,
    AttachmentKind,
    Earlier,
    EarlierNeed,
    Held,
    History,
    Meeting,
    Member,
    Proposal,
    RecessInput,
)
from pipeline.recess.labels import row_labels
from pipeline.recess.public import public_edition
from pipeline.recess.recap import make_recap
from pipeline.render.personal_scan import Scanner
from pipeline.render.recap_json import recap_json
from pipeline.render.workbook import recap_workbook
from pipeline.run.recess_edition import Edition
from tests.recess import small

PLANTED = {"nik": ("3302121212120001", IDENTITY), "hp": ("0812-3456-7890", PHONE), "surel": ("w@contoh.example", EMAIL)}
PROPOSAL_TEXTS = [one.name for one in fields(Proposal) if one.type == "str" and one.name != "id"]
MEETING_TEXTS = [one.name for one in fields(Meeting) if one.type == "str" and one.name != "id"]
MEMBER_TEXTS = [one.name for one in fields(Member) if one.type == "str"]


def spread(item: RecessInput, secret: str) -> RecessInput:
    """``item`` with ``secret`` in every text of its first member, meeting and proposal."""
    recess = small.recess_of(item)
    words = f"hubungi {secret} ya"
    member = replace(recess.members[0], **dict.fromkeys(MEMBER_TEXTS, words))
    meeting = replace(recess.meetings[0], **dict.fromkeys(MEETING_TEXTS, words), agenda=(words,))
    row = replace(recess.proposals[0], **dict.fromkeys(PROPOSAL_TEXTS, words), latitude=-7.4, longitude=109.2)
    return replace(
        item,
        recess=replace(
            recess,
            note=words,
            legal_basis=(words,),
            members=(member, *recess.members[1:]),
            meetings=(meeting, *recess.meetings[1:]),
            proposals=(row, *recess.proposals[1:]),
        ),
    )


@pytest.mark.parametrize("secret", PLANTED)
def test_no_text_keeps_personal_data(secret: str, tmp_path: Path) -> None:
    value, kind = PLANTED[secret]
    made = public_edition(spread(small.read(tmp_path), value))
    recess = small.recess_of(made.item)
    texts = [getattr(recess.proposals[0], name) for name in PROPOSAL_TEXTS]
    texts += [getattr(recess.meetings[0], name) for name in MEETING_TEXTS]
    texts += [getattr(recess.members[0], name) for name in MEMBER_TEXTS]
    texts += [recess.note, *recess.legal_basis, *recess.meetings[0].agenda]
    assert not any(find(text) or value in text for text in texts)
    assert recess.proposals[0].text == f"hubungi {GONE} ya"
    assert normal(value) in made.values
    assert {one.kind for one in made.removed} == {kind}
    assert {(one.table, one.row, one.column) for one in made.removed} >= {
        ("aspirasi", 2, "uraian"), ("aspirasi", 2, "keterangan"), ("pertemuan", 2, "tempat"), ("anggota", 2, "jabatan"),
        ("", 0, "catatan"),
    }  # fmt: skip


@pytest.mark.parametrize("secret", PLANTED)
def test_what_was_removed_is_never_told(secret: str, tmp_path: Path) -> None:
    value, _ = PLANTED[secret]
    made = public_edition(spread(small.read(tmp_path), value))
    assert value not in repr(made.removed)
    assert normal(value) not in repr(made.removed)


@pytest.mark.parametrize("secret", PLANTED)
def test_files_of_the_public_edition_pass_the_scan(secret: str, tmp_path: Path) -> None:
    item = spread(small.read(tmp_path), PLANTED[secret][0])
    made = public_edition(item)
    recap = make_recap(small.recess_of(made.item))
    scanner = Scanner.of(item, made)
    assert normal(PLANTED[secret][0]) in scanner.values
    scanner.scan(recap_workbook(made.item, recap, row_labels(recap), public=True), "rekapitulasi.xlsx")
    scanner.scan(recap_json(made.item, recap), "rekapitulasi.json")
    spoiled = make_recap(small.recess_of(item))
    assert list(scanner.hits(recap_workbook(item, spoiled, row_labels(spoiled)), "rekapitulasi.xlsx"))
    assert list(scanner.hits(recap_json(item, spoiled), "rekapitulasi.json"))


def test_rows_and_sums_stay(tmp_path: Path) -> None:
    item = spread(small.read(tmp_path), PLANTED["hp"][0])
    before, after = small.recess_of(item), small.recess_of(public_edition(item).item)
    assert [row.id for row in after.proposals] == [row.id for row in before.proposals]
    assert [row.amount for row in after.proposals] == [row.amount for row in before.proposals]
    assert make_recap(after).total.heard_amount == make_recap(before).total.heard_amount


def test_what_no_pattern_knows_is_left_out(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recess = small.recess_of(item)
    row = replace(recess.proposals[0], remark="Ibu Contoh", recipient="Bapak Contoh", latitude=-7.4, longitude=109.2)
    meeting = replace(recess.meetings[0], companions="Staf Contoh", photos="ktp-warga.jpg", attendance="daftar.pdf")
    meeting = replace(meeting, attachments=(Attachment(AttachmentKind.PHOTO, tmp_path / "ktp-warga.jpg", (1, 1)),))
    item = replace(item, recess=replace(recess, proposals=(row,), meetings=(meeting,)))
    made = small.recess_of(public_edition(item).item)
    assert (made.proposals[0].remark, made.proposals[0].recipient, made.proposals[0].latitude) == ("", "", None)
    assert made.proposals[0].longitude is None
    assert made.meetings[0].attachments == ()
    assert (made.meetings[0].companions, made.meetings[0].photos, made.meetings[0].attendance) == ("", "ada", "ada")
    assert make_recap(made).duties[0].documented


def test_names_of_members_stay_and_numbers_of_officials_go(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    signer = Official("Pejabat Contoh", "Sekretaris DPRD", nip="19800101 200501 1 001")
    item = replace(item, recess=replace(small.recess_of(item), signer=signer))
    made = public_edition(item)
    recess = small.recess_of(made.item)
    assert [member.name for member in recess.members] == [member.name for member in small.recess_of(item).members]
    assert recess.signer == replace(signer, nip="")
    assert not any(official.nip for official in made.item.office.office.officials)
    assert normal(signer.nip) in made.values


def test_rows_find_each_other_when_an_id_had_to_go(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recess = small.recess_of(item)
    nik = PLANTED["nik"][0]
    members = (replace(recess.members[0], id=nik), replace(recess.members[1], id="3302121212120002"))
    rows = tuple(replace(row, member_id=nik, id=f"{nik}") for row in recess.proposals[:1])
    item = replace(item, recess=replace(recess, members=members, proposals=rows, together=((nik, "U2"),)))
    made = small.recess_of(public_edition(item).item)
    assert made.members[0].id == made.proposals[0].member_id != made.members[1].id
    assert made.together == ((made.proposals[0].id, "U2"),)
    assert nik not in repr(made)


def test_the_needs_of_the_recess_before_are_cleaned_too(tmp_path: Path) -> None:
    nik = PLANTED["nik"][0]
    need = EarlierNeed(1, f"Bantuan {nik}", *[f"x {nik}"] * 6, None, "x.csv:2")
    members = {"A1": f"Anggota {nik}"}
    item = replace(small.read(tmp_path), history=History((), Earlier(Held("lalu"), members=members, needs=(need,))))
    made = public_edition(item)
    assert made.item.history.earlier is not None
    assert made.item.history.earlier.needs[0].text == f"Bantuan {GONE}"
    assert nik not in repr(made.item.history)
    assert normal(nik) in made.values


def test_clean_data_stay_as_they_are(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    made = public_edition(item)
    assert made.removed == ()
    assert small.recess_of(made.item).proposals == tuple(
        replace(row, remark="") for row in small.recess_of(item).proposals
    )


def test_the_offices_telephone_may_be_printed_even_when_a_row_named_it(tmp_path: Path) -> None:
    office = f"{small.OFFICE}telepon: (0281) 636123\nsurel: setwan@contoh.example\n"
    item = small.read(tmp_path, office=office)
    rows = (replace(small.recess_of(item).proposals[0], text="Hubungi (0281) 636123"),)
    item = replace(item, recess=replace(small.recess_of(item), proposals=rows))
    made = public_edition(item)
    assert Scanner.of(item, made).values == frozenset()
    assert not list(Scanner.of(item, made).hits(b"a\nTelepon (0281) 636123 setwan@contoh.example\n", "x.csv"))


@settings(max_examples=200)
@given(st.text(st.sampled_from("0123456789 -+.()@abcx62\n"), max_size=60))
def test_nothing_is_found_in_what_was_cleaned(text: str) -> None:
    from pipeline.recess.public import _Work

    assert find(_Work().text(text, "aspirasi", 2, "text")) == ()


def test_data_in_the_main_file_is_told_with_its_file(tmp_path: Path) -> None:
    item = small.read(tmp_path, main=f"{small.MAIN}catatan: hubungi 0812-3456-7890\n")
    (note,) = Edition.of(item, public=True).notes
    assert "reses.yaml (`catatan`)" in note.id
    assert "7890" not in note.id


@pytest.mark.parametrize(("cells", "more"), [(8, ""), (9, ", dan 1 lagi")])
def test_the_note_names_eight_cells(cells: int, more: str, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recess = small.recess_of(item)
    rows = tuple(replace(recess.proposals[0], row=n, text=PLANTED["hp"][0]) for n in range(2, cells + 2))
    (note,) = Edition.of(replace(item, recess=replace(recess, proposals=rows)), public=True).notes
    assert f"pada {cells} sel: " in note.id
    assert f"(`uraian`){more}. Hapus juga" in note.id
