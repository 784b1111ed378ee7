"""One PDF that came back from signing, looked at: whose original it is, what changed, who signed it and how well."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import ArchiveError, SignatureError, TertibError
from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Message, say, verbatim
from pipeline.model.reasons import why
from pipeline.run import verdicts
from pipeline.run.originals import Known, Place
from pipeline.run.promised import agreed_in, told_others
from pipeline.run.reading import read_file
from pipeline.run.signatures import faults_of, holding, open_fields, trust_for
from pipeline.run.trust import Trusts
from pipeline.run.verdicts import finding
from pipeline.sign.changes import Comparison, Kind
from pipeline.sign.match import Candidate, How, Match, Originals
from pipeline.sign.reports import SignatureReport


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of a file: ``findings`` keep it from being filed unless they are only remarks.

    ``original`` is what it belongs to and ``place`` where that, or one of the same print, stands in an archive (None
    while it is in none). ``agreed`` says by field whether whoever signed was to sign, None where that is not known.
    ``again``: the archive has this very file already.
    """

    path: Path
    told: str
    sha256: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[Message, ...] = ()
    original: Candidate | None = None
    place: Place | None = None
    how: How = How.TEXT
    compared: Comparison | None = None
    signatures: tuple[SignatureReport, ...] = ()
    agreed: Mapping[str, bool | None] = field(default_factory=dict)
    again: bool = False

    @property
    def good(self) -> bool:
        """May it be filed?"""
        return not any(found.severity is Severity.ERROR for found in self.findings)


def examine(
    path: Path, told: str, originals: Originals, known: Known, trusts: Trusts, *, again: bool = False
) -> Examined:
    """Look at the file ``path``, told as ``told``. What is wrong with it is told all at once.

    A file that the archive has already is looked at once more only when ``again``.
    """
    try:
        data = read_file(path)
    except OSError as error:
        text = say("Berkas ini tidak dapat dibaca: {why}.", why=why(error))
        return Examined(path, told, findings=(finding(verdicts.UNREADABLE, told, text, _PERMISSION),))
    digest = hashlib.sha256(data).hexdigest()
    blank = Examined(path, told, digest)
    if digest in known.signed and not again:
        return replace(blank, again=True, notes=(say("{told}: sudah diarsipkan.", told=told),))
    try:
        return _examined(blank, data, originals, known, trusts)
    except SignatureError as error:
        return replace(blank, findings=(finding(verdicts.UNREADABLE, told, error.message, _AGAIN),))


_PERMISSION = say("Periksa izin berkas itu, lalu ulangi.")
_AGAIN = say("Minta atau unduh lagi berkas itu dari layanan tanda tangan, lalu ulangi.")


def _examined(blank: Examined, data: bytes, originals: Originals, known: Known, trusts: Trusts) -> Examined:
    from pipeline.sign.verify import fields_of, verify_signatures

    told = blank.told
    carried = carried_id(data)
    match = originals.match(data, carried)
    document = match.found[0].document if match.found else carried
    reports = verify_signatures(data, trust_for(document, blank.path, trusts))
    findings = [found for report in reports for found in faults_of(report, told)]
    notes = [holding(report, told) for report in reports if report.holds]
    if not reports:
        findings.append(_unsigned(told, match, blank.sha256))
    seen = replace(blank, how=match.how, signatures=reports)
    if len(match.found) != 1:
        findings += told_others(reports, fields_of(data), told)
        findings.append(_no_single(told, match, carried))
        return replace(seen, findings=tuple(findings), notes=tuple(notes))
    original = match.found[0]
    try:
        held = _held(original)
    except (TertibError, OSError) as error:
        findings.append(_damaged(told, original, error))
        return replace(seen, findings=tuple(findings), notes=tuple(notes))
    compared = _compare(held, data)
    places = fields_of(held)
    findings += told_others(reports, places, told)
    findings += _differences(told, original, held, data, compared)
    notes += compared.notes
    notes += open_fields(data, told) if reports else []
    if not known.is_newest(original):
        notes.append(say("{told}: ditandatangani atas naskah lama ({original}).", told=told, original=original.told))
    place = known.archived.get((original.document, original.sha256)) or _twin(original, held, known)
    return replace(
        seen,
        findings=tuple(findings),
        notes=tuple(notes),
        original=original,
        place=place,
        compared=compared,
        agreed=agreed_in(reports, places),
    )


def _held(original: Candidate) -> bytes:
    """The bytes of an original, proved to be those that were made. Raises TertibError, OSError."""
    data = original.read()
    if hashlib.sha256(data).hexdigest() != original.sha256:
        raise ArchiveError(say("isinya berubah sejak diarsipkan"))
    return data


def _damaged(told: str, original: Candidate, error: TertibError | OSError) -> Finding:
    cause = why(error) if isinstance(error, OSError) else error.message
    text = say("Naskah asli {original} tidak dapat dipakai: {cause}", original=original.told, cause=cause)
    return finding(verdicts.NO_ORIGINAL, told, text, _RESTORE)


_RESTORE = say("Lihat semuanya dengan tertib verify, pulihkan dari salinan cadangan, lalu ulangi.")


def _compare(original: bytes, returned: bytes) -> Comparison:
    from pipeline.sign.compare import compare

    return compare(original, returned)


def carried_id(data: bytes) -> str:
    """The id of the document that a PDF says it is, by what it carries; "" where it says none that can be read."""
    import json

    from pipeline.pdf.carried import carried
    from pipeline.run.finishing import ORIGIN

    try:
        file = carried(data).get(ORIGIN)
        value = json.loads(file.data) if file is not None else {}
    except (TertibError, ValueError, RecursionError):
        return ""
    told = value.get("dokumen", "") if isinstance(value, dict) else ""
    return told if isinstance(told, str) else ""


def _twin(original: Candidate, held: bytes, known: Known) -> Place | None:
    """A version in the archive of the same document that prints the same; its inputs may differ in a remark."""
    for other, place in known.versions(original.document):
        try:
            changes = _compare(other.read(), held).changes
        except TertibError:
            continue
        if all(change.kind is Kind.ATTACHMENT for change in changes):
            return place
    return None


def _unsigned(told: str, match: Match, digest: str) -> Finding:
    same = next((one for one in match.found if one.sha256 == digest), None)
    if same is not None:
        text = say("Ini naskah asli {document} sendiri, belum ditandatangani.", document=same.document)
    else:
        text = say("PDF ini belum ditandatangani.")
    return finding(verdicts.UNSIGNED, told, text, _SIGN)


_SIGN = say("Kirim dahulu untuk ditandatangani, lalu ulangi dengan berkas yang kembali dari sana.")


def _no_single(told: str, match: Match, carried: str) -> Finding:
    if match.found:
        names = _named(match.found)
        text = say("Naskah ini cocok dengan beberapa naskah asli: {names}.", names=names)
        return finding(verdicts.TWO_ORIGINALS, told, text, _CHOOSE)
    if carried:
        text = say("Naskah asli PDF ini ({document}) tidak ada di outputs maupun di arsip.", document=carried)
    else:
        text = say("Naskah asli PDF ini tidak ada di outputs maupun di arsip: isinya tidak cocok dengan satu pun.")
    return finding(verdicts.NO_ORIGINAL, told, text, _KEEP)


_CHOOSE = say(
    "Pastikan naskah mana yang ditandatangani. Bila dua dokumen memang sama isinya, bedakan nomor atau judulnya, buat "
    "lagi, lalu minta tanda tangan atas yang benar."
)
_KEEP = say(
    "Simpan berkas ini. Periksa folder keluaran (--output), dan arsipkan naskah asli dengan tertib archive sebelum "
    "dikirim untuk ditandatangani, supaya naskah itu tetap dikenal sesudah dibuat lagi."
)


def _named(candidates: Sequence[Candidate]) -> Message:
    """Candidates as people are told them; the first ones of many."""
    names = ", ".join(f"{one.document} ({one.told})" for one in candidates[:_MOST])
    if len(candidates) <= _MOST:
        return verbatim(names)
    return say("{names}, dan {n} lainnya", names=names, n=len(candidates) - _MOST)


_MOST = 5


def _differences(told: str, original: Candidate, held: bytes, data: bytes, compared: Comparison) -> Iterator[Finding]:
    """What differs from the original; where only inputs do, that is told, not the files that carry them."""
    from pipeline.run.other_inputs import other_inputs

    files = other_inputs(held, data, compared)
    if files:
        text = say(
            "Cetakannya sama, tetapi naskah yang ditandatangani dibuat dari masukan lain ({files}); naskah aslinya "
            "tidak diarsipkan sebelum dibuat ulang.",
            files=", ".join(files),
        )
        yield finding(verdicts.DIFFERENT, told, text, _PUT_BACK)
        return
    yield from (_different(told, original, change.message) for change in compared.changes)


_PUT_BACK = say(
    "Simpan masukan yang sekarang di folder lain, kembalikan masukan semula (salinannya terlampir di dalam PDF itu), "
    "jalankan tertib build (untuk reses: tertib recap), lalu ulangi. Sesudah itu pasang kembali masukan yang sekarang."
)


def _different(told: str, original: Candidate, change: Message) -> Finding:
    text = say("Lain dari naskah asli {original}: {change}", original=original.told, change=change)
    return finding(verdicts.DIFFERENT, told, text, _REFUSED)


_REFUSED = say(
    "Naskah yang isinya berubah tidak diarsipkan. Tanyakan kepada yang mengirim dan menandatangani; bila perubahan itu "
    "benar, ubah masukannya, buat lagi, dan minta tanda tangan atas naskah yang baru."
)
