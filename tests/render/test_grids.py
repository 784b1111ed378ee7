"""The grid of a table has a column for each cell that a loop makes."""

from __future__ import annotations

import pytest

from pipeline.render.grids import with_grids


def cell(width: int, inside: str = "", properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr><w:p>{inside}</w:p></w:tc>'


def table(*rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (1, 2, 3))
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def grid_of(source: str) -> str:
    return source.partition("<w:tblGrid>")[2].partition("</w:tblGrid>")[0]


def test_a_loop_over_cells_is_repeated() -> None:
    row = f"{cell(10)}{{% for x in y %}}{cell(20, '{{ x }}')}{{% endfor %}}{cell(30)}"
    assert grid_of(with_grids(table(row, cell(60)))) == (
        '<w:gridCol w:w="10"/>{% for x in y %}<w:gridCol w:w="20"/>{% endfor %}<w:gridCol w:w="30"/>'
    )


def test_a_loop_at_the_end_is_closed() -> None:
    row = f"{cell(10)}{{% for x in y %}}{cell(20)}{{% endfor %}}"
    assert grid_of(with_grids(table(row))).endswith("{% endfor %}")


@pytest.mark.parametrize(
    "row",
    [
        cell(10) + cell(20),
        cell(10, "{% if x %}a{% endif %}") + cell(20),
        cell(10, properties='<w:gridSpan w:val="2"/>') + f"{{% for x in y %}}{cell(2)}{{% endfor %}}",
        f"<w:tc><w:p/></w:tc>{{% for x in y %}}{cell(2)}{{% endfor %}}",
        f"<w:tc><w:tcPr><w:tcW w:w='1'/></w:tcPr>{table(cell(1))}</w:tc>",
    ],
    ids=["plain", "tag inside of a cell", "span", "no width", "a table inside"],
)
def test_other_tables_stay_as_they_are(row: str) -> None:
    assert with_grids(table(row)) == table(row)


def test_each_table_has_its_own() -> None:
    looped = f"{{% for x in y %}}{cell(20)}{{% endfor %}}"
    found = with_grids(table(cell(1)) + table(looped) + table(cell(1)))
    assert found.count("{% for x in y %}<w:gridCol") == 1
    assert found.startswith(table(cell(1)))
    assert found.endswith(table(cell(1)))
