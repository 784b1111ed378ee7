"""Whatever the files hold, readers raise nothing and every finding has a place, a cause and a remedy."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.finding import Finding
from pipeline.model.flow import flow_of
from pipeline.model.timing import measure, totals
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.readers.sop_fields import SOP_FIELDS
from pipeline.readers.steps import STEPS
from tests.readers.sample import JABATAN, KANTOR, PEJABAT

KEYS = [field.key for field in SOP_FIELDS] + [inner.key for field in SOP_FIELDS for inner in field.fields]
WORDS = st.sampled_from(
    [
        *KEYS,
        "selesai",
        "3 hari",
        "2023-01-02",
        "Dewan",
        "A=5; B=7",
        "1",
        "2",
        "3",
        "~",
        "5;6",
        "'",
        '"',
        "[",
        "{",
        "&a",
        "*a",
    ]
)
GLUE = st.sampled_from(
    [": ", ":\n  ", "\n", "\n- ", "\n  - ", ", ", " ", "\t", "]", "}", "\r\n", "---\n", "#", "|\n", "\ufeff"]
)
YAML = st.lists(st.one_of(WORDS, GLUE, st.text(max_size=5)), max_size=40).map("".join)
COLUMNS = [column.name for column in STEPS.columns]
CELLS = st.sampled_from(
    ["", "1", "2", "3", "99", "a", '"', '"x', "Dewan", "5 minit", "1 x 24 jam", "A=1", "selesai", "\n", "é"]
)
CSV = st.builds(
    lambda head, rows, sep: "\n".join(sep.join(row) for row in [head, *rows]),
    st.lists(st.sampled_from(COLUMNS), max_size=8),
    st.lists(st.lists(CELLS, max_size=8), max_size=6),
    st.sampled_from([",", ";", "\t"]),
)
BYTES = st.one_of(st.binary(max_size=80), YAML.map(lambda text: text.encode("utf-8", "surrogatepass")))
TABLES = st.one_of(st.binary(max_size=80), CSV.map(lambda text: text.encode("utf-8", "surrogatepass")))
EXAMPLES = int(os.environ.get("TERTIB_CONTOH_ACAK", "300"))
MANY = settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])


def sound(findings: Iterable[Finding]) -> None:
    for finding in findings:
        assert finding.place.file
        assert finding.message.id
        assert finding.message.en
        assert finding.help.id
        assert finding.help.en
        assert finding.place.line is None or finding.place.line >= 1
        assert finding.place.column is None or finding.place.column >= 1


@MANY
@given(yaml=BYTES, table=TABLES, suffix=st.sampled_from([".yaml", ".xlsx"]))
def test_sop(yaml: bytes, table: bytes, suffix: str) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        folder = root / "kantor" / "sop"
        folder.mkdir(parents=True)
        for file, text in (("kantor.yaml", KANTOR), ("jabatan.csv", JABATAN), ("pejabat.csv", PEJABAT)):
            (folder.parent / file).write_text(text, encoding="utf-8")
        office = read_office(folder.parent, root)
        path = folder / f"uji{suffix}"
        path.write_bytes(yaml)
        (folder / "uji.langkah.csv").write_bytes(table)
        found = read_sop(path, office, root)
        sound(found.findings)
        assert found.sop is not None or found.findings
        if found.sop is not None:
            flow = flow_of(found.sop)
            measure(found.sop, flow, office.office.hours)
            totals(found.sop, flow, office.office.hours)


@MANY
@given(yaml=BYTES, table=TABLES)
def test_office(yaml: bytes, table: bytes) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        (root / "kantor.yaml").write_bytes(yaml)
        for register in ("jabatan", "pejabat", "regulasi", "hari-libur"):
            (root / f"{register}.csv").write_bytes(table)
        sound(read_office(root, root).findings)
