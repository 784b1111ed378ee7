"""The key to sign with: from a PKCS#12 file (``.p12``, ``.pfx``), and whether its certificate may be used now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.model.reasons import why
from pipeline.sign.certificates import SIGNING, day, name_of, not_for_signing

_LARGEST = 4 * 1024 * 1024
_LEAST_RSA = 2048


@dataclass(frozen=True, slots=True)
class Key:
    """A key and its certificate (asn1crypto's). ``signer`` is pyHanko's; ``chain`` are the certificates above."""

    signer: Any
    certificate: Any
    chain: tuple[Any, ...] = ()

    @property
    def name(self) -> str:
        """Whose it is."""
        return name_of(self.certificate)

    @property
    def position(self) -> str:
        """The position that the certificate states, "" when it states none."""
        found = self.certificate.subject.native.get("title") or ""
        return str(found[0] if isinstance(found, list) else found)

    @property
    def is_own_issuer(self) -> bool:
        """Did its holder make the certificate?"""
        return bool(self.certificate.issuer == self.certificate.subject)


def read_p12(path: Path, passphrase: str) -> Key:
    """The key in a PKCS#12 file. Raises UsageError: not there, no PKCS#12, wrong passphrase, nothing in it."""
    from asn1crypto import keys, pkcs12, x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    data = _read(path)
    try:
        _ = pkcs12.Pfx.load(data, strict=True)["auth_safe"]["content_type"].native
    except (ValueError, TypeError, KeyError) as error:
        raise _no_p12(path) from error
    try:
        found = load_pkcs12(data, passphrase.encode("utf-8"))
    except UnsupportedAlgorithm as error:
        raise UsageError(
            say(
                "{path} dikunci dengan cara yang tidak dapat dibuka di sini, jadi kata sandinya tidak dapat "
                "diverifikasi. Ekspor lagi dari tempat asalnya dengan AES-256.",
                path=path.name,
            )
        ) from error
    except ValueError as error:  # so the library says that the passphrase is wrong
        raise UsageError(
            say(
                "Kata sandi untuk {path} salah. Ketik lagi dengan huruf besar dan kecil yang tepat; bila lupa, minta "
                "kunci baru kepada penerbitnya.",
                path=path.name,
            )
        ) from error
    if found.key is None or found.cert is None:
        raise UsageError(
            say(
                "{path} tidak memuat kunci beserta sertifikatnya. Ekspor lagi dari tempat asalnya dengan kunci pribadi "
                "disertakan.",
                path=path.name,
            )
        )
    encoding = serialization.Encoding
    plain = found.key.private_bytes(encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = x509.Certificate.load(found.cert.certificate.public_bytes(encoding.DER))
    chain = tuple(x509.Certificate.load(one.certificate.public_bytes(encoding.DER)) for one in found.additional_certs)
    return Key(_simple_signer(certificate, keys.PrivateKeyInfo.load(plain), chain), certificate, chain)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise UsageError(
            say("Kunci {path} tidak dapat dibaca ({why}). Periksa nama dan letaknya.", path=path, why=why(error))
        ) from error


def _no_p12(path: Path) -> UsageError:
    return UsageError(
        say(
            "{path} bukan berkas kunci PKCS#12. Yang diperlukan berkas .p12 atau .pfx dari penerbit sertifikat.",
            path=path.name,
        )
    )


def _simple_signer(certificate: Any, key: Any, chain: Iterable[Any]) -> Any:
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    kind: Any = SimpleCertificateStore  # not typed
    store = kind()
    store.register_multiple(chain)
    return SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=store)


def prove_usable(key: Key, now: dt.datetime, roots: tuple[bytes, ...]) -> None:
    """Raises UsageError unless the certificate of ``key`` may sign documents at ``now``.

    One that its holder made is good only where the office trusts it (``roots``, DER).
    """
    certificate, name = key.certificate, key.name
    if now > certificate.not_valid_after:
        raise UsageError(
            say(
                "Sertifikat {name} sudah berakhir pada {end}, jadi tidak dapat dipakai menandatangani. Perpanjang "
                "kepada penerbitnya.",
                name=name,
                end=day(certificate.not_valid_after),
            )
        )
    if now < certificate.not_valid_before:
        raise UsageError(
            say(
                "Sertifikat {name} baru berlaku mulai {start}. Tunggu sampai hari itu, atau periksa jam komputer ini.",
                name=name,
                start=day(certificate.not_valid_before),
            )
        )
    usage = certificate.key_usage_value
    if usage is not None and not SIGNING & set(usage.native):
        raise UsageError(not_for_signing(certificate))
    if certificate.public_key.algorithm == "rsa" and certificate.public_key.bit_size < _LEAST_RSA:
        raise UsageError(
            say(
                "Kunci {name} terlalu pendek ({bits} bit, paling pendek 2.048), jadi tanda tangannya dapat dipalsukan. "
                "Minta kunci baru kepada penerbitnya.",
                name=name,
                bits=certificate.public_key.bit_size,
            )
        )
    if key.is_own_issuer and certificate.dump() not in roots:
        raise UsageError(
            say(
                "Sertifikat {name} dibuat oleh pemegangnya sendiri, jadi tanda tangannya tidak membuktikan siapa yang "
                "menandatangani. Pakai sertifikat dari penyelenggara sertifikasi; bila kantor memang memercayai yang "
                "ini, simpan sertifikatnya di tempat yang disebut `sertifikat_tepercaya` di kantor.yaml.",
                name=name,
            )
        )
