"""The key to sign with on a card or token, through the library of its maker (PKCS#11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.sign.certificates import name_of
from pipeline.sign.keys import Key


@contextmanager
def token_key(library: Path, token: str, certificate: str, pin: str) -> Iterator[Key]:
    """The key on a token, for as long as its session is open.

    ``token`` and ``certificate`` are labels, "" for the only one. Raises UsageError: extra not installed, library,
    token or certificate not there or not the only one, wrong PIN.
    """
    try:
        import pkcs11
        from pkcs11 import exceptions
    except ImportError as error:
        raise UsageError(
            say(
                "Untuk kunci di kartu atau token diperlukan tambahan pkcs11. Pasang di folder Tertib dengan: "
                'pip install -e ".[pkcs11]" (atau, tanpa folder itu: pip install "tertib[pkcs11]"), lalu jalankan lagi.'
            )
        ) from error
    if not library.is_file():
        raise UsageError(
            say(
                "Pustaka PKCS#11 {path} tidak ada. Sebutkan berkas pustaka dari pembuat token (.so, .dll, atau "
                ".dylib).",
                path=library,
            )
        )
    found = _token(_slots(pkcs11, library), token)
    try:
        session = found.open(user_pin=pin)
    except (exceptions.PinIncorrect, exceptions.PinLenRange, exceptions.PinInvalid) as error:
        raise UsageError(
            say("PIN token {label} salah. Hati-hati: token terkunci setelah beberapa kali salah.", label=found.label)
        ) from error
    except exceptions.PinLocked as error:
        raise UsageError(say("Token {label} terkunci. Buka kuncinya dengan PUK.", label=found.label)) from error
    except exceptions.PKCS11Error as error:
        raise _no_answer(library, error) from error
    try:
        yield _key(pkcs11, session, certificate)
    except exceptions.PKCS11Error as error:
        raise _no_answer(library, error) from error
    finally:
        session.close()


def _slots(pkcs11: Any, library: Path) -> list[Any]:
    from pkcs11.exceptions import PKCS11Error

    try:
        return list(pkcs11.lib(str(library)).get_slots(token_present=True))
    except (PKCS11Error, OSError, RuntimeError, ValueError) as error:  # what is no such library, or of another system
        raise UsageError(
            say(
                "{path} bukan pustaka PKCS#11 yang dapat dipakai di komputer ini. Sebutkan pustaka dari pembuat token, "
                "untuk sistem ini.",
                path=library,
            )
        ) from error


def _no_answer(library: Path, error: Exception) -> UsageError:
    return UsageError(
        say(
            "Token tidak menjawab ({why}). Cabut dan pasang lagi, lalu ulangi; periksa pula pustakanya ({path}).",
            why=type(error).__name__,
            path=library.name,
        )
    )


def _token(slots: Sequence[Any], label: str) -> Any:
    tokens = [token for token in (_token_in(slot) for slot in slots) if token is not None and token.label.strip()]
    meant = [token for token in tokens if not label or token.label.strip() == label]
    if len(meant) == 1:
        return meant[0]
    names = ", ".join(token.label.strip() for token in tokens)
    if not tokens:
        raise UsageError(say("Tidak ada token yang terpasang. Pasang kartu atau tokennya, lalu jalankan lagi."))
    if not meant:
        raise UsageError(say("Token {label} tidak ada. Yang terpasang: {names}.", label=label, names=names))
    raise UsageError(say("Ada beberapa token: {names}. Pilih satu dengan --token.", names=names))


def _token_in(slot: Any) -> Any:
    from pkcs11.exceptions import PKCS11Error

    try:
        return slot.get_token()
    except PKCS11Error:
        return None


def _key(pkcs11: Any, session: Any, label: str) -> Key:
    """The key whose certificate is on the token, too; the other certificates there are its chain."""
    from asn1crypto import x509
    from pyhanko.sign.pkcs11 import PKCS11Signer

    attribute, kind = pkcs11.Attribute, pkcs11.ObjectClass
    held = list(session.get_objects({attribute.CLASS: kind.CERTIFICATE}))
    loaded = [
        (one[attribute.LABEL], bytes(one[attribute.ID]), x509.Certificate.load(one[attribute.VALUE])) for one in held
    ]
    private = {bytes(one[attribute.ID]) for one in session.get_objects({attribute.CLASS: kind.PRIVATE_KEY})}
    usable = [entry for entry in loaded if entry[1] in private]
    meant = [entry for entry in usable if not label or entry[0] == label]
    if len(meant) != 1:
        raise _not_one(label, usable, found=bool(meant))
    _, number, certificate = meant[0]
    chain = tuple(one for _, _, one in loaded if one.dump() != certificate.dump())
    signer = PKCS11Signer(
        session,
        signing_cert=certificate,
        ca_chain=chain,
        key_id=number,
        other_certs_to_pull=(),
        use_raw_mechanism=certificate.public_key.algorithm == "ec",
    )
    return Key(signer, certificate, chain)


def _not_one(label: str, usable: Sequence[tuple[str, bytes, Any]], *, found: bool) -> UsageError:
    names = ", ".join(f"{name} ({name_of(certificate)})" for name, _, certificate in usable)
    if not usable:
        return UsageError(
            say("Token ini tidak memuat kunci beserta sertifikatnya. Minta penerbit mengisi sertifikatnya.")
        )
    if found or not label:
        return UsageError(say("Ada beberapa sertifikat di token: {names}. Pilih satu dengan --cert.", names=names))
    return UsageError(say("Sertifikat {label} tidak ada di token. Yang ada: {names}.", label=label, names=names))
