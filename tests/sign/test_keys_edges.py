"""Keys at the edge of what may be used: passphrases, files of half a key, dates, lengths, and whose they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from pipeline.errors import UsageError
from pipeline.sign.keys import Key, prove_usable, read_p12
from tests.sign.authority import NOW, PASSPHRASE, YEAR, Authority, Identity, self_signed

SECOND = dt.timedelta(seconds=1)


def opened(data: bytes, folder: Path, passphrase: str = PASSPHRASE) -> Key:
    path = folder / "kunci.p12"
    path.write_bytes(data)
    return read_p12(path, passphrase)


def refused(data: bytes, folder: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(UsageError) as caught:
        opened(data, folder, passphrase)
    return caught.value.text("id")


def packed(key: Any, certificate: x509.Certificate | None) -> bytes:
    lock = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"kunci", key, certificate, None, lock)


def certified(key: Any, *more: x509.NameAttribute[str], digest: Any = None) -> x509.Certificate:
    """A certificate of one's own for ``key``, without key usage."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pejabat Contoh"), *more])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7).not_valid_before(NOW - YEAR)
    return builder.not_valid_after(NOW + YEAR).sign(key, digest)


def title(text: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(NameOID.TITLE, text)


KEY = ec.generate_private_key(ec.SECP256R1())


def own(*more: x509.NameAttribute[str]) -> x509.Certificate:
    return certified(KEY, *more, digest=hashes.SHA256())


@pytest.mark.parametrize(
    ("titles", "position"), [((), ""), (("Sekretaris",), "Sekretaris"), (("Sekretaris", "Ketua"), "Sekretaris")]
)
def test_the_position_is_what_the_certificate_states_first(
    titles: tuple[str, ...], position: str, tmp_path: Path
) -> None:
    certificate = own(*(title(one) for one in titles))
    assert opened(packed(KEY, certificate), tmp_path).position == position


@pytest.mark.parametrize("passphrase", ["sandi é", "σανδι", "sandi panjang sekali " * 5])
def test_passphrases_of_any_letters(passphrase: str, person: Identity, tmp_path: Path) -> None:
    assert opened(person.p12(passphrase), tmp_path, passphrase).name == "Penandatangan Contoh 01"


def test_a_passphrase_that_is_missing_is_wrong(person: Identity, tmp_path: Path) -> None:
    assert "Kata sandi untuk kunci.p12 salah" in refused(person.p12(), tmp_path, "")


def test_half_a_key_is_none(person: Identity, tmp_path: Path) -> None:
    for half in (packed(person.key, None), packed(None, person.certificate)):
        assert "tidak memuat kunci beserta sertifikatnya" in refused(half, tmp_path)


def test_more_than_a_key_is_none(person: Identity, tmp_path: Path) -> None:
    assert "bukan berkas kunci PKCS#12" in refused(person.p12() + b"lagi", tmp_path)


def test_the_certificates_above_go_into_the_signature(person: Identity, authority: Authority, tmp_path: Path) -> None:
    key = opened(person.p12(), tmp_path)
    assert [one.dump() for one in key.signer.cert_registry] == [authority.root.der]


def test_a_certificate_is_good_to_the_second(person: Identity, tmp_path: Path) -> None:
    key = opened(person.p12(), tmp_path)
    start, end = NOW - YEAR, NOW + YEAR
    prove_usable(key, start, ())
    prove_usable(key, end, ())
    for moment, told in ((start - SECOND, "baru berlaku mulai"), (end + SECOND, "sudah berakhir")):
        with pytest.raises(UsageError) as caught:
            prove_usable(key, moment, ())
        assert told in caught.value.text("id")


def test_short_keys_are_refused_and_those_of_a_curve_are_not_short(tmp_path: Path) -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    short = certified(weak, digest=hashes.SHA256())
    with pytest.raises(UsageError) as caught:
        prove_usable(opened(packed(weak, short), tmp_path), NOW, (short.public_bytes(serialization.Encoding.DER),))
    assert "1024 bit" in caught.value.text("id")
    curve = own()
    prove_usable(opened(packed(KEY, curve), tmp_path), NOW, (curve.public_bytes(serialization.Encoding.DER),))
    edwards = ed25519.Ed25519PrivateKey.generate()
    mine = certified(edwards)
    prove_usable(opened(packed(edwards, mine), tmp_path), NOW, (mine.public_bytes(serialization.Encoding.DER),))


def test_trust_in_somebody_else_is_no_trust_in_this_one(authority: Authority, tmp_path: Path) -> None:
    key = opened(self_signed().p12(), tmp_path)
    with pytest.raises(UsageError) as caught:
        prove_usable(key, NOW, (authority.root.der,))
    assert "dibuat oleh pemegangnya sendiri" in caught.value.text("id")


def test_a_lock_that_cannot_be_opened_here_is_no_wrong_passphrase(
    person: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise UnsupportedAlgorithm("kuno")

    monkeypatch.setattr(pkcs12, "load_pkcs12", refuse)
    told = refused(person.p12(), tmp_path)
    assert "tidak dapat diverifikasi" in told
    assert "salah" not in told
