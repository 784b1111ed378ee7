"""What may follow a signature: only revisions that bring a signature, a timestamp or a proof of validity."""

from __future__ import annotations

from typing import Any

import pytest
from pyhanko.pdf_utils import generic

from pipeline.sign.reports import Trust
from pipeline.sign.verify import verify_signatures
from tests.sign.authority import Authority, Identity, sign_pdf
from tests.sign.tampering import Name, appended, hide_stream, same_again


def _holds(data: bytes, trust: Trust) -> list[bool]:
    return [report.holds for report in verify_signatures(data, trust)]


@pytest.mark.parametrize("first", ["b-b", "b-t", "b-lt", "b-lta"])
@pytest.mark.parametrize("then", ["b-b", "b-lt", "b-lta"])
def test_further_signers_of_every_level_may_follow(
    first: str, then: str, signed: dict[str, bytes], authority: Authority, second: Identity, trust: Trust
) -> None:
    twice = sign_pdf(signed[first], second, field="ttd2", level=then, authority=authority)
    assert _holds(twice, trust) == [True, True]
    thrice = sign_pdf(twice, second, field="baru", new=True, box=(300, 300, 400, 350))
    assert _holds(thrice, trust) == [True, True, True]


def _prove(writer: Any) -> None:
    """A store of proofs with one certificate."""
    proof = writer.add_object(generic.StreamObject(stream_data=b"0\x00"))
    store = {Name("/Type"): Name("/DSS"), Name("/Certs"): generic.ArrayObject([proof])}
    made: Any = generic.DictionaryObject
    writer.root[Name("/DSS")] = writer.add_object(made(store))
    writer.update_root()


def _prove_and_hide(writer: Any) -> None:
    _prove(writer)
    hide_stream(writer)


def test_proofs_may_follow_but_nothing_hidden_beside_them(signed: dict[str, bytes], trust: Trust) -> None:
    assert _holds(appended(_prove)(signed["b-b"]), trust) == [True]
    assert _holds(appended(_prove_and_hide)(signed["b-b"]), trust) == [False]


@pytest.mark.parametrize("tamper", [hide_stream, same_again])
def test_what_slipped_in_between_two_signatures_is_the_fault_of_the_first_only(
    tamper: Any, signed: dict[str, bytes], second: Identity, trust: Trust
) -> None:
    between = sign_pdf(appended(tamper)(signed["b-b"]), second, field="ttd2")
    assert _holds(between, trust) == [False, True]
