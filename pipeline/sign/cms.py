"""The cryptographic part of a signature: who made it, over what, and whether it fits."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_WEAK_DIGESTS = frozenset({"md2", "md5", "sha1"})
_LEAST_RSA = 2048


@dataclass(frozen=True, slots=True)
class Seal:
    """A CMS signature. ``fits``: it is the one that ``certificate`` (asn1crypto's) makes over exactly these bytes, and
    everything that comes with it is as it was issued.

    ``moment`` is the time in a timestamp, None for other signatures; ``others`` the certificates that come with it.
    """

    certificate: Any
    others: tuple[Any, ...]
    fits: bool
    weak: bool
    moment: dt.datetime | None = None


def seal_of(signed_data: Any, content: bytes | None, digest: Callable[[str], bytes]) -> Seal:
    """The signature in a CMS SignedData over what ``digest(algorithm)`` gives; ``content`` where it is inside.

    Raises whatever the libraries raise where it is malformed.
    """
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

    signer = extract_signer_info(signed_data)
    found = extract_certs_for_validation(signed_data)
    algorithm = signer["digest_algorithm"]["algorithm"].native
    kind = signed_data["encap_content_info"]["content_type"].native
    computed = digest(algorithm) if content is None else hashlib.new(algorithm, content).digest()
    intact, valid = validate_sig_integrity(signer, found.signer_cert, kind, computed)
    return Seal(
        found.signer_cert,
        tuple(found.other_certs),
        bool(
            intact and valid and _is_as_written(signed_data, signer, found.signer_cert) and _are_as_issued(signed_data)
        ),
        _is_weak(algorithm, found.signer_cert),
    )


def _is_as_written(signed_data: Any, signer: Any, certificate: Any) -> bool:
    """Nothing else depends on what a signature says of itself, so nothing else would notice a change there."""
    algorithms = (*signed_data["digest_algorithms"], signer["digest_algorithm"])
    if any(entry["parameters"].native is not None for entry in algorithms):
        return False
    digests = {entry["algorithm"].native for entry in signed_data["digest_algorithms"]}
    named = signer["sid"].name == "issuer_and_serial_number"
    if named:
        issuer, serial = signer["sid"].chosen["issuer"], signer["sid"].chosen["serial_number"].native
        if issuer.dump() != certificate.issuer.dump() or serial != certificate.serial_number:
            return False
    return (
        signed_data["version"].native in ("v1", "v3", "v4", "v5")
        and signer["version"].native == ("v1" if named else "v3")
        and signer["digest_algorithm"]["algorithm"].native in digests
    )


def _are_as_issued(signed_data: Any) -> bool:
    """Are the certificates that come with a signature the ones that their issuers signed? No signature covers those
    that prove nothing, so nothing else would notice a change in them."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    plain = [one.chosen for one in signed_data["certificates"] if one.name == "certificate"]
    certificates = [x509.load_der_x509_certificate(one.dump()) for one in plain]
    for one in certificates:
        for issuer in _issuers(one, certificates):
            try:
                one.verify_directly_issued_by(issuer)
            except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
                return False
    return True


def _issuers(one: Any, certificates: list[Any]) -> Iterator[Any]:
    """Who issued ``one``, of those at hand, by name and by key."""
    above, own = _key_id(one, "AUTHORITY_KEY_IDENTIFIER", "key_identifier"), _key_id(one)
    for other in certificates:
        named, keyed = one.issuer == other.subject, above is not None and above == _key_id(other)
        if keyed if above is not None and _key_id(other) is not None else named:
            yield other
    if one.issuer == one.subject and above not in (None, own):
        yield one


def _key_id(certificate: Any, kind: str = "SUBJECT_KEY_IDENTIFIER", part: str = "digest") -> bytes | None:
    from cryptography import x509
    from cryptography.x509.oid import ExtensionOID

    try:
        found: bytes | None = getattr(
            certificate.extensions.get_extension_for_oid(getattr(ExtensionOID, kind)).value, part
        )
    except x509.ExtensionNotFound:
        return None
    return found


def timestamp_of(signed_data: Any, imprint: Callable[[str], bytes]) -> Seal:
    """The timestamp in a SignedData, which must be over what ``imprint(algorithm)`` gives. Raises as above."""
    content = signed_data["encap_content_info"]["content"]
    told = content.parsed
    seal = seal_of(signed_data, bytes(content), imprint)
    algorithm = told["message_imprint"]["hash_algorithm"]["algorithm"].native
    same = imprint(algorithm) == told["message_imprint"]["hashed_message"].native
    weak = seal.weak or algorithm in _WEAK_DIGESTS
    return Seal(seal.certificate, seal.others, seal.fits and same, weak, told["gen_time"].native)


def timestamps_in(signer: Any) -> Iterator[Any]:
    """The SignedData of every timestamp over a signature (its CMS SignerInfo)."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    yield from extract_tst_data_iter(signer, signed=False)


def _is_weak(algorithm: str, certificate: Any) -> bool:
    key = certificate.public_key
    return algorithm in _WEAK_DIGESTS or (key.algorithm == "rsa" and key.bit_size < _LEAST_RSA)
