"""The proofs of validity that a signed PDF brings with it (its DSS): certificates, CRLs and OCSP responses.

pyHanko gives up the whole store for one entry that is damaged. Here each counts for itself: whoever adds a damaged one
must not make a revocation beside it unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.sign.certificates import Known
from pipeline.sign.revisions import entry


def proofs_in(reader: Any) -> Known:
    """What the store of a PDF (pyHanko's reader) holds, and whether some of it cannot be read."""
    held = {kind: list(_held(reader, kind)) for kind in ("/Certs", "/CRLs", "/OCSPs")}
    sound = {kind: tuple(one for one in proofs if one is not None) for kind, proofs in held.items()}
    unreadable = any(len(sound[kind]) < len(proofs) for kind, proofs in held.items())
    return Known(sound["/Certs"], sound["/CRLs"], sound["/OCSPs"], unreadable)


def _held(reader: Any, kind: str) -> Iterator[Any]:
    """What the store of proofs of validity (DSS) holds of one kind: asn1crypto's values, None for what is unreadable.

    One that cannot be read is no reason to forget the others: somebody might be revoked by them.
    """
    try:
        items = entry(entry(reader.root, "/DSS", {}), kind, ())
        count = len(items)
    except Exception:  # noqa: BLE001 - links of strangers may lead anywhere; told, for it makes the store unreadable
        yield None
        return
    for at in range(count):
        try:
            proof = _proof(kind, items[at])
        except Exception:  # noqa: BLE001 - as above: filters and ASN.1 of strangers
            proof = None
        yield proof


def _proof(kind: str, stream: Any) -> Any:
    """One proof, read as far as everybody reads it first: the libraries put off what they can."""
    from asn1crypto import crl, ocsp, x509
    from pyhanko.pdf_utils.decode_limits import DecodePurpose

    if kind == "/Certs":
        certificate = x509.Certificate.load(stream.read_data(DecodePurpose.CERTIFICATE))
        _ = certificate.issuer_serial, certificate.subject.native
        return certificate
    if kind == "/CRLs":
        listed = crl.CertificateList.load(stream.read_data(DecodePurpose.CRL))
        _ = listed.issuer.native, listed["tbs_cert_list"]["this_update"].native
        return listed
    answer = ocsp.OCSPResponse.load(stream.read_data(DecodePurpose.OCSP_RESPONSE))
    _ = answer["response_status"].native, answer.response_data["responses"].native
    return answer
