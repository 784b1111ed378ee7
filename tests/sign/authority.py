"""A certificate authority for tests: people with keys, certificates of every kind of fault, timestamps, CRLs.

Nothing here is a secret: all of it is made anew for every run.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

NOW = dt.datetime(2026, 6, 1, 3, 0, tzinfo=dt.UTC)
"""The moment at which tests sign and verify."""
YEAR = dt.timedelta(days=365)
PASSPHRASE = "rahasia kantor"
CRL_URL = "http://127.0.0.1:9/akar.crl"


@cache
def _key(name: str) -> rsa.RSAPrivateKey:
    """One key per name: making one takes long."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Identity:
    """A certificate, its key, and the certificates above it (nearest first, the root last)."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_der(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def p12(self, passphrase: str = PASSPHRASE) -> bytes:
        """As a PKCS#12 file."""
        lock: Any = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else None
        return pkcs12.serialize_key_and_certificates(
            b"kunci", self.key, self.certificate, list(self.chain), lock or serialization.NoEncryption()
        )

    def signer(self) -> Any:
        """As a signer of pyHanko."""
        from pyhanko.sign.signers import SimpleSigner

        return SimpleSigner(
            signing_cert=asn1(self.certificate),
            signing_key=_asn1_key(self.key_der),
            cert_registry=_registry(list(self.chain)),
        )


@dataclass
class Authority:
    """A root that issues certificates. ``revoked`` serial numbers go into its CRL, with the time of revocation."""

    name: str = "Akar Contoh"
    start: dt.datetime = NOW - 5 * YEAR
    end: dt.datetime = NOW + 15 * YEAR
    revoked: dict[int, dt.datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        key = _key(self.name)
        builder = _certificate(self.name, self.name, key, key, self.start, self.end)
        usage = _usage(key_cert_sign=True, crl_sign=True)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(usage, critical=True)
        self.root = Identity(builder.sign(key, hashes.SHA256()), key)

    def issue(
        self,
        name: str,
        *,
        start: dt.datetime = NOW - YEAR,
        end: dt.datetime = NOW + YEAR,
        crl: bool = True,
        ocsp: bool = False,
        usage: x509.KeyUsage | None = None,
        extended: tuple[x509.ObjectIdentifier, ...] = (),
        digest: Any = None,
    ) -> Identity:
        """A certificate for ``name`` to sign with; ``crl``, ``ocsp``: it says where its CRL is, or who answers."""
        key = _key(name)
        builder = _certificate(name, self.name, key, self.root.key, start, end)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(usage or _usage(content_commitment=True), critical=True)
        if extended:
            builder = builder.add_extension(x509.ExtendedKeyUsage(list(extended)), critical=True)
        if crl:
            place = x509.DistributionPoint([x509.UniformResourceIdentifier(CRL_URL)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([place]), critical=False)
        if ocsp:
            server = x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://127.0.0.1:9/")
            )
            builder = builder.add_extension(x509.AuthorityInformationAccess([server]), critical=False)
        signed = builder.sign(self.root.key, digest or hashes.SHA256())
        return Identity(signed, key, (self.root.certificate,))

    def revoke(self, identity: Identity, when: dt.datetime) -> None:
        """Put ``identity`` on the CRL from ``when`` on."""
        self.revoked[identity.certificate.serial_number] = when

    def crl(self, moment: dt.datetime = NOW) -> bytes:
        """The CRL as it stands at ``moment``, in DER."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(_name(self.name))
        builder = builder.last_update(moment - dt.timedelta(hours=1)).next_update(moment + dt.timedelta(days=30))
        for serial, when in self.revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
            builder = builder.add_revoked_certificate(entry)
        key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key())
        builder = builder.add_extension(x509.CRLNumber(1), critical=False).add_extension(key, critical=False)
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def timestamper(self, moment: dt.datetime = NOW, identity: Identity | None = None) -> Any:
        """A timestamp authority whose clock stands at ``moment``."""
        from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

        tsa = identity or self.issue(
            "Penanda Waktu Contoh", end=NOW + 9 * YEAR, usage=_usage(), extended=(ExtendedKeyUsageOID.TIME_STAMPING,)
        )
        return DummyTimeStamper(
            asn1(tsa.certificate), _asn1_key(tsa.key_der), _registry([self.root.certificate]), fixed_dt=moment
        )


def self_signed(name: str = "Tanda Tangan Sendiri", now: dt.datetime = NOW) -> Identity:
    """A certificate that nobody issued, good a year before and after ``now``."""
    key = _key(name)
    builder = _certificate(name, name, key, key, now - YEAR, now + YEAR)
    builder = builder.add_extension(_usage(content_commitment=True), critical=True)
    return Identity(builder.sign(key, hashes.SHA256()), key)


def sign_pdf(
    data: bytes,
    identity: Identity,
    *,
    field: str = "ttd",
    level: str = "b-b",
    authority: Authority | None = None,
    now: dt.datetime = NOW,
    digest: str = "sha256",
    new: bool = False,
    box: tuple[int, int, int, int] | None = None,
    certify: int = 0,
    kind: str = "PADES",
) -> bytes:
    """``data`` signed by ``identity`` in its field ``field`` (``new``: in one made for it), not by our own signing.

    ``level`` is "b-b", "b-t", "b-lt" or "b-lta"; beyond the first, ``authority`` gives timestamps and CRL. A new field
    is seen where it has a ``box``. ``certify``: what may be done afterwards, 1 (nothing) to 3 (see DocMDP). ``kind`` is
    a name of pyHanko's SigSeedSubFilter.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    timed = authority.timestamper(now) if authority and level != "b-b" else None
    long = level in ("b-lt", "b-lta")
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        subfilter=fields.SigSeedSubFilter[kind],
        certify=bool(certify),
        docmdp_permissions=fields.MDPPerm(certify or 2),
        validation_context=_context(authority, now) if long and authority else None,
        embed_validation_info=long,
        use_pades_lta=level == "b-lta",
    )
    spec = fields.SigFieldSpec(field, box=box) if new else None
    signer = _Dated(meta, signer=identity.signer(), timestamper=timed, new_field_spec=spec)
    signer.now = now
    writer = IncrementalPdfFileWriter(BytesIO(data))
    made = signer.sign_pdf(writer, existing_fields_only=not new)
    return bytes(made.getbuffer())


def blank_pdf(*names: str, title: str = "Contoh SOP", text: str = "Isi dokumen") -> bytes:
    """A small PDF with an empty visible signature field of each name, an Info title and XMP."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
    )
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 760 Td ({text}) Tj ET".encode())
    widgets = [_widget(pdf, page, name, number) for number, name in enumerate(names or ("ttd",))]
    page.Annots = pdf.make_indirect(pikepdf.Array(widgets))
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array(widgets), SigFlags=1))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["dc:title"] = title
    pdf.docinfo["/Title"] = title
    made = BytesIO()
    pdf.save(made, deterministic_id=True, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made.getvalue()


def _widget(pdf: pikepdf.Pdf, page: pikepdf.Page, name: str, number: int) -> pikepdf.Object:
    form = pdf.make_stream(b"0.5 w 0.25 0.25 179.5 49.5 re S")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 180, 50])
    left = 72 + 220 * number
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=name,
            TU=f"Tanda tangan {name}",
            F=4,
            P=page.obj,
            Rect=pikepdf.Array([left, 100, left + 180, 150]),
            AP=pikepdf.Dictionary(N=form),
        )
    )


def asn1(certificate: x509.Certificate) -> Any:
    """A certificate as asn1crypto's."""
    from asn1crypto import x509 as plain

    return plain.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _asn1_key(der: bytes) -> Any:
    from asn1crypto import keys

    return keys.PrivateKeyInfo.load(der)


def _registry(certificates: list[x509.Certificate]) -> Any:
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register_multiple([asn1(certificate) for certificate in certificates])
    return store


def _context(authority: Authority, now: dt.datetime) -> Any:
    from pyhanko_certvalidator import ValidationContext

    roots = [asn1(authority.root.certificate)]
    return ValidationContext(trust_roots=roots, crls=[authority.crl(now)], allow_fetching=False, moment=now)


def _dated() -> Any:
    from pyhanko.sign.signers import PdfSigner

    class Dated(PdfSigner):  # type: ignore[misc, unused-ignore]
        """A signer whose clock stands still."""

        now = NOW

        def init_signing_session(self, *args: Any, **more: Any) -> Any:
            session = super().init_signing_session(*args, **more)
            session.system_time = self.now
            return session

    return Dated


_Dated = _dated()


def _certificate(
    name: str,
    issuer: str,
    key: rsa.RSAPrivateKey,
    issuer_key: rsa.RSAPrivateKey,
    start: dt.datetime,
    end: dt.datetime,
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(_name(name)).issuer_name(_name(issuer))
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(start).not_valid_after(end)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return builder.add_extension(own, critical=False).add_extension(above, critical=False)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"), x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(**given: bool) -> x509.KeyUsage:
    flags = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=not given.get("key_cert_sign", False), **{**flags, **given})
