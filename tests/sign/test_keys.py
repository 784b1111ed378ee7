"""Keys from PKCS#12 files: what is wrong with one is said before anything is signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from pipeline.errors import UsageError
from pipeline.sign.keys import prove_usable, read_p12
from tests.sign.authority import NOW, PASSPHRASE, YEAR, Authority, Identity, self_signed


def _told(path: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(UsageError) as caught:
        read_p12(path, passphrase)
    assert passphrase not in caught.value.text("id")
    return caught.value.text("id")


def test_key_with_its_chain(person: Identity, authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "kunci.p12"
    path.write_bytes(person.p12())
    key = read_p12(path, PASSPHRASE)
    assert (key.name, key.position, key.is_own_issuer) == ("Penandatangan Contoh 01", "", False)
    assert [one.dump() for one in key.chain] == [authority.root.der]
    prove_usable(key, NOW, ())


def test_key_without_a_passphrase(person: Identity, tmp_path: Path) -> None:
    path = tmp_path / "kunci.p12"
    path.write_bytes(person.p12(""))
    assert read_p12(path, "").name == "Penandatangan Contoh 01"


@pytest.mark.parametrize("passphrase", ["salah sekali", "Rahasia kantor", "rahasia kantor ", "\u00e9\u00e8-sandi"])
def test_wrong_passphrase(passphrase: str, person: Identity, tmp_path: Path) -> None:
    path = tmp_path / "kunci.p12"
    path.write_bytes(person.p12())
    assert "Kata sandi untuk kunci.p12 salah" in _told(path, passphrase)


@pytest.mark.parametrize("data", [b"", b"halo", b"%PDF-1.7", b"\x30\x03\x02\x01\x03", bytes(5000)])
def test_no_pkcs12(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kunci.p12"
    path.write_bytes(data)
    assert "bukan berkas kunci PKCS#12" in _told(path)


def test_certificate_instead_of_a_key(person: Identity, tmp_path: Path) -> None:
    path = tmp_path / "sertifikat.pem"
    path.write_bytes(person.pem)
    assert "bukan berkas kunci PKCS#12" in _told(path)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    assert "tidak dapat dibaca" in _told(tmp_path / "tidak-ada.p12")
    assert "tidak dapat dibaca" in _told(tmp_path)


def test_pkcs12_without_a_key(person: Identity, tmp_path: Path) -> None:
    path = tmp_path / "tanpa-kunci.p12"
    lock = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, None, None, [person.certificate], lock))
    assert "tidak memuat kunci beserta sertifikatnya" in _told(path)


def test_key_of_an_elliptic_curve(tmp_path: Path, person: Identity) -> None:
    path = tmp_path / "kurva.p12"
    lock = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    key = ec.generate_private_key(ec.SECP256R1())
    own = self_signed().certificate
    made = (
        x509.CertificateBuilder(own.issuer, own.subject, key.public_key(), 5)
        .not_valid_before(NOW - YEAR)
        .not_valid_after(NOW + YEAR)
        .sign(key, person.certificate.signature_hash_algorithm)
    )
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"k", key, made, None, lock))
    assert read_p12(path, PASSPHRASE).is_own_issuer


UNUSABLE = {
    "sudah berakhir pada 01-06-2025": dict(start=NOW - 2 * YEAR, end=NOW - YEAR),
    "baru berlaku mulai 01-06-2027": dict(start=NOW + YEAR, end=NOW + 2 * YEAR),
    "tidak diterbitkan untuk menandatangani": dict(usage=x509.KeyUsage(False, False, True, *[False] * 6)),
}


@pytest.mark.parametrize("told", UNUSABLE)
def test_certificate_that_cannot_sign(told: str, authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "kunci.p12"
    path.write_bytes(authority.issue("Contoh", **UNUSABLE[told]).p12())
    with pytest.raises(UsageError) as caught:
        prove_usable(read_p12(path, PASSPHRASE), NOW, ())
    assert told in caught.value.text("id")


def test_own_certificate_only_where_it_is_trusted(tmp_path: Path) -> None:
    own = self_signed()
    path = tmp_path / "sendiri.p12"
    path.write_bytes(own.p12())
    key = read_p12(path, PASSPHRASE)
    prove_usable(key, NOW, (own.der,))
    with pytest.raises(UsageError) as caught:
        prove_usable(key, NOW, ())
    assert "dibuat oleh pemegangnya sendiri" in caught.value.text("id")
