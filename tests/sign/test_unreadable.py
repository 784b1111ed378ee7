"""What cannot be read behind a signature or in an attachment is told as that, and never passes."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

from pipeline.errors import UsageError
from pipeline.sign import later
from pipeline.sign.changes import Kind
from pipeline.sign.compare import compare
from pipeline.sign.later import _tagged_rule
from pipeline.sign.reports import Trust
from pipeline.sign.signing import chosen_field
from pipeline.sign.verify import verify_signatures
from tests.sign import paper
from tests.sign.authority import Identity, sign_pdf
from tests.sign.paper import altered


@pytest.mark.parametrize("reader", ["_policy", "has_idle_revision"])
def test_revisions_that_cannot_be_compared_are_told_as_not_verified(
    reader: str, signed: dict[str, bytes], second: Identity, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RecursionError

    data = sign_pdf(signed["b-b"], second, field="ttd2")
    before = verify_signatures(data, trust)
    assert [report.holds for report in before] == [True, True], before[0].faults
    monkeypatch.setattr(later, reader, broken)
    first, last = verify_signatures(data, trust)
    assert (first.holds, first.whole, last.holds) == (False, False, True)
    assert "tidak dapat dibaca, jadi tidak dapat diverifikasi" in first.faults[0].id.lower()


def _attached(filters: Name, raw: bytes) -> bytes:
    """A paper with a file inside whose stream says that it is packed so, and holds ``raw``."""

    def change(pdf: Pdf) -> None:
        stream = pdf.make_stream(b"")
        stream.write(raw, filter=filters)
        file = Dictionary(Type=Name.Filespec, F="rusak.bin", UF="rusak.bin", EF=Dictionary(F=stream))
        pdf.Root.AF = pikepdf.Array([pdf.make_indirect(file)])

    return altered(paper.paper(), change)


def test_attachments_that_cannot_be_unpacked_are_known_by_their_bytes() -> None:
    one, two = _attached(Name.JBIG2Decode, b"satu"), _attached(Name.JBIG2Decode, b"dua")
    with pikepdf.open(io.BytesIO(one)) as pdf, pytest.raises(pikepdf.PdfError):
        pdf.Root.AF[0].EF.F.read_bytes()
    assert compare(one, one).changes == ()
    assert [change.kind for change in compare(one, two).changes] == [Kind.ATTACHMENT]


def test_an_attachment_that_is_no_stream_is_told() -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.AF = pikepdf.Array([Dictionary(Type=Name.Filespec, UF="x", EF=Dictionary(F=pikepdf.String("isi")))])

    (told,) = compare(paper.paper(), altered(paper.paper(), change)).changes
    assert told.kind is Kind.ATTACHMENT


def test_a_damaged_pdf_is_not_signed() -> None:
    with pytest.raises(UsageError):
        chosen_field(b"%PDF-1.7 rusak", "")


def test_only_where_the_tags_point_at_the_field_itself_more_is_allowed() -> None:
    """What else belongs to a signature is asked of nobody but the rule of the library."""
    from types import SimpleNamespace

    asked: list[str] = []
    updates = [("a", SimpleNamespace(updated_ref=ref, valid_when_locked=True)) for ref in ("isian", "rupa")]

    class Base:
        def check_form_field(self, *_given: object) -> object:
            return iter(updates)

    old = SimpleNamespace(_get_usages_of_ref=lambda ref: asked.append(ref) or [])
    rule = _tagged_rule(Base)()
    found = list(rule.check_form_field("ttd", SimpleNamespace(new_field_ref="isian"), SimpleNamespace(old=old)))
    assert (found, asked) == (updates, ["isian"])
