"""Whether a certificate holds at a moment, and for what it is trusted: its dates, revocation, purpose and issuers.

pyHanko's process of ETSI EN 319 102-1 (``validation.ades``) is not used as it stands: it asks the clock in places,
and gives one indication for what people must be told apart. Its parts are: path validation and revocation.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pipeline.model.message import Message, say
from pipeline.sign.reports import Trust, Trusted

SIGNING = frozenset({"digital_signature", "non_repudiation"})
"""One of these purposes lets a certificate sign documents."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a PDF brings with it for proving its signatures (asn1crypto's values).

    ``unreadable``: it brings something besides that cannot be read.
    """

    certificates: tuple[Any, ...] = ()
    crls: tuple[Any, ...] = ()
    ocsps: tuple[Any, ...] = ()
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands. ``revocation_checked``: every list that it names was at hand, and it is on none."""

    trusted: Trusted
    faults: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    revocation_checked: bool = False


def name_of(certificate: Any) -> str:
    """The common name of an asn1crypto certificate, else all of its name."""
    names = certificate.subject.native
    found = names.get("common_name") or certificate.subject.human_friendly
    return str(found[-1] if isinstance(found, list) else found)


def day(moment: dt.datetime) -> str:
    """A day as people read it, in Universal Time, as certificates state it."""
    return moment.astimezone(dt.UTC).strftime("%d-%m-%Y")


def standing_of(certificate: Any, moment: dt.datetime, known: Known, trust: Trust, *, timestamps: bool) -> Standing:
    """How ``certificate`` stands at ``moment``; ``timestamps``: for giving timestamps, else for signing documents."""
    faults = [*_dates(certificate, moment), *_purpose(certificate, timestamps=timestamps)]
    if not trust.roots and _is_own_issuer(certificate) and not timestamps:
        faults.append(_self_signed(certificate))
    if faults:
        return Standing(Trusted.NO if trust.roots else Trusted.NOT_CHECKED, tuple(faults))
    anchors = [_loaded(root) for root in trust.roots] or tops(certificate, known)
    if not trust.offline:
        known = asyncio.run(_fetched(certificate, known, anchors))
    checked, problem = asyncio.run(_path(certificate, moment, known, anchors))
    if problem is not None:
        fault = _explained(problem, certificate)
        return Standing(Trusted.NO if trust.roots else Trusted.NOT_CHECKED, (fault,))
    return Standing(Trusted.YES if trust.roots else Trusted.NOT_CHECKED, (), (), checked)


def _dates(certificate: Any, moment: dt.datetime) -> Iterable[Message]:
    name = name_of(certificate)
    if moment < certificate.not_valid_before:
        yield say(
            "Sertifikat {name} baru berlaku mulai {start}, sesudah tanda tangan dibuat. Tanda tangan ini tidak sah; "
            "minta ditandatangani lagi.",
            name=name,
            start=day(certificate.not_valid_before),
        )
    elif moment > certificate.not_valid_after:
        yield say(
            "Sertifikat {name} berakhir pada {end} dan tidak ada stempel waktu yang membuktikan bahwa tanda tangan "
            "dibuat sebelumnya. Minta ditandatangani lagi dengan sertifikat yang berlaku.",
            name=name,
            end=day(certificate.not_valid_after),
        )


def _purpose(certificate: Any, *, timestamps: bool) -> Iterable[Message]:
    usage = certificate.key_usage_value
    extended = certificate.extended_key_usage_value
    if timestamps:
        if extended is None or "time_stamping" not in extended.native:
            yield say(
                "Sertifikat {name} tidak diterbitkan untuk memberi stempel waktu, jadi waktunya tidak terbukti.",
                name=name_of(certificate),
            )
    elif usage is not None and not SIGNING & set(usage.native):
        yield not_for_signing(certificate)


def not_for_signing(certificate: Any) -> Message:
    """What is told of a certificate that is not issued for signing documents."""
    return say(
        "Sertifikat {name} tidak diterbitkan untuk menandatangani dokumen. Minta sertifikat tanda tangan kepada "
        "penerbitnya.",
        name=name_of(certificate),
    )


def _loaded(der: bytes) -> Any:
    from asn1crypto import x509

    return x509.Certificate.load(der)


def _is_own_issuer(certificate: Any) -> bool:
    return bool(certificate.issuer == certificate.subject)


def _self_signed(certificate: Any) -> Message:
    return say(
        "Sertifikat {name} dibuat oleh pemegangnya sendiri, bukan oleh penyelenggara sertifikasi, jadi tidak "
        "membuktikan siapa yang menandatangani. Minta ditandatangani dengan sertifikat resmi.",
        name=name_of(certificate),
    )


def tops(certificate: Any, known: Known) -> list[Any]:
    """Where the chain in the file itself ends: what stands there is not trusted, but the way to it can be checked."""
    by_subject = {one.subject.dump(): one for one in known.certificates}
    top = certificate
    for _ in range(10):
        above = by_subject.get(top.issuer.dump())
        if above is None or above == top:
            break
        top = above
    return [top]


async def _path(certificate: Any, moment: dt.datetime, known: Known, anchors: list[Any]) -> tuple[bool, Any]:
    """Was revocation checked, and the error that stands against the certificate (None when nothing does)."""
    from pyhanko_certvalidator.errors import InsufficientRevinfoError

    problem = await _try(certificate, moment, known, anchors, strict=True)
    if problem is None:
        return bool(known.crls or known.ocsps) and _names_lists(certificate), None
    if isinstance(problem, InsufficientRevinfoError):
        return False, await _try(certificate, moment, known, anchors, strict=False)
    return False, problem


def _names_lists(certificate: Any) -> bool:
    return bool(certificate.crl_distribution_points or certificate.ocsp_urls)


async def _try(certificate: Any, moment: dt.datetime, known: Known, anchors: list[Any], *, strict: bool) -> Any:
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathError, ValidationError

    context = ValidationContext(
        trust_roots=anchors,
        other_certs=known.certificates,
        crls=known.crls,
        ocsps=known.ocsps,
        moment=moment,
        revinfo_policy=_revocation(strict=strict),
    )
    try:
        await CertificateValidator(
            certificate, intermediate_certs=known.certificates, validation_context=context
        ).async_validate_path()
    except (PathError, ValidationError, ValueError) as error:
        return error
    return None


def _revocation(*, strict: bool) -> Any:
    """Strictly: every list that a certificate names must be at hand and fresh. Else an old list counts, and none will
    do; whoever stands on a list is revoked either way."""
    from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, FreshnessReqType, RevocationCheckingPolicy

    if strict:
        return CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("hard-fail"), retroactive_revinfo=True)
    return CertRevTrustPolicy(
        RevocationCheckingPolicy.from_legacy("soft-fail"),
        freshness=_AGES,
        freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
        retroactive_revinfo=True,
    )


_AGES = dt.timedelta(days=36500)


async def _fetched(certificate: Any, known: Known, anchors: list[Any]) -> Known:
    """``known`` and what the issuers' servers say now."""
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathError, ValidationError

    context: Any = ValidationContext(
        trust_roots=anchors, other_certs=known.certificates, allow_fetching=True, revocation_mode="soft-fail"
    )
    try:
        # What is fetched counts; the verdict is made with it afterwards, at the right moment.
        with suppress(PathError, ValidationError, ValueError):
            await CertificateValidator(
                certificate, intermediate_certs=known.certificates, validation_context=context
            ).async_validate_path()
        return Known(known.certificates, (*known.crls, *context.crls), (*known.ocsps, *context.ocsps))
    finally:
        await context.aclose()


def _explained(problem: Exception, certificate: Any) -> Message:
    """What an error of the path validation means."""
    from pyhanko_certvalidator import errors

    name = name_of(certificate)
    if isinstance(problem, errors.RevokedError):
        return _revoked(certificate, problem)
    if isinstance(problem, errors.PathBuildingError):
        if _is_own_issuer(certificate):
            return _self_signed(certificate)
        return say(
            "Sertifikat {name} tidak berasal dari penerbit yang dipercaya kantor (penerbitnya {issuer}). Bila penerbit "
            "itu memang sah, simpan sertifikat akarnya di tempat yang disebut `sertifikat_tepercaya` di kantor.yaml.",
            name=name,
            issuer=_issuer(certificate),
        )
    if isinstance(problem, errors.DisallowedAlgorithmError):
        return weak(name)
    if isinstance(problem, errors.ExpiredError | errors.NotYetValidError):
        return say(
            "Salah satu sertifikat penerbit {name} tidak berlaku pada waktu tanda tangan itu. Minta ditandatangani "
            "lagi dengan sertifikat yang berlaku.",
            name=name,
        )
    if _is_own_issuer(certificate):
        return _self_signed(certificate)
    return say(
        "Rantai sertifikat {name} tidak sah. Minta ditandatangani lagi dengan sertifikat resmi.",
        name=name,
    )


def weak(name: str) -> Message:
    """What is told of a signature or certificate that could be forged."""
    return say(
        "Tanda tangan {name} memakai cara hitung lama yang dapat dipalsukan (misalnya SHA-1, MD5, atau kunci RSA di "
        "bawah 2.048 bit). Minta ditandatangani lagi dengan SHA-256 atau yang lebih baru.",
        name=name,
    )


def _issuer(certificate: Any) -> str:
    names = certificate.issuer.native
    return str(names.get("common_name") or certificate.issuer.human_friendly)


def _revoked(certificate: Any, problem: Any) -> Message:
    when = getattr(problem, "revocation_dt", None)
    if getattr(problem, "is_ee_cert", True):
        return say(
            "Sertifikat {name} sudah dicabut pada {when}. Tanda tangan ini tidak sah; minta ditandatangani lagi "
            "dengan sertifikat yang berlaku.",
            name=name_of(certificate),
            when=day(when) if when else "?",
        )
    return say(
        "Sertifikat penerbit {name} sudah dicabut. Tanda tangan ini tidak sah; minta ditandatangani lagi dengan "
        "sertifikat yang berlaku.",
        name=name_of(certificate),
    )
