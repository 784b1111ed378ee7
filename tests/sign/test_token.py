"""Keys on a token, with SoftHSM in its place."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.sign.keys import prove_usable
from pipeline.sign.reports import Level, Trust
from pipeline.sign.signing import Order, sign_pdf
from pipeline.sign.token import token_key
from pipeline.sign.verify import verify_signatures
from tests.checkers import need
from tests.sign.authority import NOW, Authority, Identity, blank_pdf

PIN = "987654"
PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _fill(token: str, identity: Identity, label: str, number: int, folder: Path, library: Path) -> None:
    """The key and the certificate of ``identity`` onto a token."""
    import pkcs11
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    with pkcs11.lib(str(library)).get_token(token_label=token).open(user_pin=PIN, rw=True) as session:
        plain = identity.key.private_bytes(*_TRADITIONAL)
        marks = {pkcs11.Attribute.ID: bytes([number]), pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True}
        session.create_object({**decode_rsa_private_key(plain), **marks, pkcs11.Attribute.SIGN: True})
        session.create_object({**decode_x509_certificate(identity.der), **marks})


def _traditional() -> tuple[object, ...]:
    from cryptography.hazmat.primitives import serialization as forms

    return forms.Encoding.DER, forms.PrivateFormat.TraditionalOpenSSL, forms.NoEncryption()


_TRADITIONAL = _traditional()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, person: Identity, second: Identity) -> Path:
    """SoftHSM with the tokens Kantor (one key), Dua (two keys) and Kosong (none)."""
    need("softhsm2-util")
    found = next(Path(place) for place in PLACES if Path(place).is_file())
    pytest.importorskip("pkcs11", reason="the extra pkcs11 is missing here: keys on tokens are not tested")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    for label in ("Kantor", "Dua", "Kosong"):
        _run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678")
    _fill("Kantor", person, "kepala", 1, folder, found)
    _fill("Dua", person, "kepala", 1, folder, found)
    _fill("Dua", second, "wakil", 2, folder, found)
    return found


def test_signed_with_a_token(library: Path, trust: Trust, authority: Authority) -> None:
    with token_key(library, "Kantor", "", PIN) as key:
        prove_usable(key, NOW, ())
        assert key.name == "Penandatangan Contoh 01"
        for level in (Level.B_B, Level.B_T):
            made = sign_pdf(blank_pdf(), Order(key, level, NOW, authority.timestamper()))
            (report,) = verify_signatures(made.data, trust)
            assert (report.level, report.intact, report.whole) == (level, True, True)


def test_certificate_is_chosen_by_its_label(library: Path) -> None:
    with token_key(library, "Dua", "wakil", PIN) as key:
        assert key.name == "Penandatangan Contoh 02"
        assert sign_pdf(blank_pdf(), Order(key, Level.B_B, NOW)).report.signer == "Penandatangan Contoh 02"


REFUSED = {
    "no token of that name": ("Lain", "", PIN, "Token Lain tidak ada. Yang terpasang:"),
    "several tokens": ("", "", PIN, "Pilih satu dengan --token"),
    "wrong PIN": ("Kantor", "", "000000", "PIN token Kantor salah"),
    "short PIN": ("Kantor", "", "1", "PIN token Kantor salah"),
    "no key": ("Kosong", "", PIN, "tidak memuat kunci beserta sertifikatnya"),
    "several certificates": ("Dua", "", PIN, "Pilih satu dengan --cert"),
    "no such certificate": ("Dua", "lain", PIN, "Sertifikat lain tidak ada di token"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_with_a_token(name: str, library: Path) -> None:
    token, certificate, pin, told = REFUSED[name]
    with pytest.raises(UsageError) as caught, token_key(library, token, certificate, pin):
        pass
    assert told in caught.value.text("id")
    assert pin not in caught.value.text("id").replace("1", "") or pin == "1"


def test_library_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("pkcs11")
    with pytest.raises(UsageError) as caught, token_key(tmp_path / "tidak-ada.so", "", "", PIN):
        pass
    assert "tidak ada" in caught.value.text("id")


def test_library_that_is_none(tmp_path: Path) -> None:
    pytest.importorskip("pkcs11")
    (tmp_path / "bukan.so").write_bytes(b"bukan pustaka")
    with pytest.raises(UsageError) as caught, token_key(tmp_path / "bukan.so", "", "", PIN):
        pass
    assert "bukan pustaka PKCS#11" in caught.value.text("id")


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pkcs11", None)
    with pytest.raises(UsageError) as caught, token_key(tmp_path / "x.so", "", "", PIN):
        pass
    assert 'folder Tertib dengan: pip install -e ".[pkcs11]"' in caught.value.text("id")
