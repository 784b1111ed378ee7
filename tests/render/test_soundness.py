"""What is proved of a template holds of its documents, and what cannot be proved is parsed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from pipeline.errors import TemplateError
from pipeline.render.soundness import prove
from pipeline.render.template import Template
from pipeline.render.values import MisplacedError, environment
from pipeline.resources import packaged_templates

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTEXT: dict[str, Any] = {
    "a": "x & y",
    "b": ["1", "<2>"],
    "ya": True,
    "tidak": False,
    "run": Markup("<w:r/>"),
    "c": [{"d": "<"}],
}

PROVED = {
    "text": "<w:p><w:t>tetap</w:t></w:p>",
    "a value": "<w:t>{{ a }}</w:t>",
    "a run": "<w:p>{{ run }}</w:p>",
    "in an attribute": '<w:x w:y="{{ a }}" w:z="{{ b }}"/>',
    "a condition": "<w:t>{% if ya %}a{% elif a %}b{% else %}{{ a }}{% endif %}</w:t>",
    "a condition in an attribute": '<w:x w:y="{% if ya %}a{% else %}{{ a }}{% endif %}"/>',
    "a loop": "<w:p>{% for x in b %}<w:t>{{ x }}{{ loop.index }}</w:t>{% else %}<w:x/>{% endfor %}</w:p>",
    "a loop over a part": "<w:p>{% for x in b[1:] %}<w:t>{{ x }}</w:t>{% endfor %}</w:p>",
    "closed and opened again": "<w:t>{% if ya %}</w:t>{{ run }}<w:t>{% endif %}</w:t>",
    "filters": "<w:t>{{ b | length }}{{ a | default('-') }}</w:t>",
    "a list in a line": "<w:t>{{ b | join(', ') }}</w:t>",
    "one of a list": "<w:t>{{ c[0].d }}{{ c[-1]['d'] }}</w:t>",
    "arithmetic": "<w:t>{{ 1 + b | length }}{{ 'x' if ya else a }}</w:t>",
    "a name of its own": "<w:t>{% set c = a %}{{ c }}</w:t>",
    "a mark of the program": "<w:p><?tertib butir?><w:t>{{ a }}</w:t></w:p>",
    "values and spaces in tags": '<w:p ><w:t xml:space="preserve" >{{ a }}</w:t ></w:p>',
}
UNPROVED = {
    "opened in a condition": "{% if ya %}<w:p>{% endif %}<w:t/></w:p>",
    "other ways": "{% if ya %}<w:p>{% else %}<w:x>{% endif %}</w:p>",
    "opened in a loop": "<w:p>{% for x in b %}<w:t>{% endfor %}</w:p>",
    "closed in a loop": "<w:p>{% for x in b %}</w:p><w:p>{% endfor %}</w:p></w:p>",
    "not closed": "<w:p><w:t>{{ a }}</w:t>",
    "closed elsewhere": "<w:p></w:x>",
    "a value as a name": "<{{ a }}/>",
    "a value as an attribute": "<w:x {{ a }}/>",
    "a quotation mark in a condition": '<w:x w:y="{% if ya %}" w:z="{% endif %}"/>',
    "said to be safe": "<w:t>{{ a | safe }}</w:t>",
    "a sign of a run": "<w:p>{{ run[0] }}</w:p>",
    "set as safe": "<w:t>{% set c = a | safe %}{{ c }}</w:t>",
    "a loop over what is safe": "<w:t>{% for x in [a | safe] %}{{ x }}{% endfor %}</w:t>",
    "a call": "<w:t>{{ a.upper() }}</w:t>",
    "a macro": "<w:t>{% macro m(x) %}{{ x }}{% endmacro %}{{ m(a) }}</w:t>",
    "a filtered block": "<w:t>{% filter upper %}a{% endfilter %}</w:t>",
    "a loop that calls itself": "<w:t>{% for x in b recursive %}{{ x }}{% endfor %}</w:t>",
    "a loop within an attribute": '<w:x w:y="{% for x in b %}{% if ya %}1{% endif %}{% endfor %}"/>',
}


def proved(source: str) -> bool:
    return prove(environment().parse(f"<w:document>{source}</w:document>"))


@pytest.mark.parametrize("source", PROVED.values(), ids=PROVED)
def test_proved(source: str) -> None:
    assert proved(source)


@pytest.mark.parametrize("source", UNPROVED.values(), ids=UNPROVED)
def test_not_proved(source: str) -> None:
    assert not proved(source)


@pytest.mark.parametrize("source", PROVED.values(), ids=PROVED)
@settings(max_examples=25)
@given(text=st.text(), items=st.lists(st.text(), max_size=3), yes=st.booleans())
def test_what_is_proved_is_well_formed_or_told(source: str, text: str, items: list[str], yes: bool) -> None:
    env = environment()
    tree = env.parse(f'<w:document xmlns:w="{NS}">{source}</w:document>')
    assert prove(tree)
    broken = "\n" in text or "\t" in text
    try:
        made = env.from_string(tree).render(CONTEXT | {"a": text, "b": items, "ya": yes})
    except MisplacedError:
        assert broken
    else:
        etree.fromstring(made)


def document(path: Path, body: str) -> Template:
    made = Document()
    made.element.body.insert(0, parse_xml(body.replace(">", f' xmlns:w="{NS}">', 1)))
    made.save(str(path))
    return Template.load(path)


@pytest.mark.parametrize(
    ("body", "context"),
    [
        ('<w:p><w:pPr><w:pStyle w:val="{{ a }}"/></w:pPr></w:p>', {"a": "dua\nbaris"}),
        ('<w:p><w:pPr><w:pStyle w:val="{{ a }}"/></w:pPr></w:p>', {"a": Markup("<w:r/>")}),
        ("<w:p><w:r><w:t>{{r a }}</w:t></w:r></w:p>", {"a": "dua\tkolom"}),
        ("<w:p><w:r><w:t>{{ a | safe }}</w:t></w:r></w:p>", {"a": "satu & dua"}),
        ("<w:p><w:r><w:t>{{ a[0] }}</w:t></w:r></w:p>", {"a": Markup("<w:r/>")}),
    ],
    ids=["a line break in an attribute", "a run in an attribute", "a tab between runs", "said to be safe", "cut"],
)
def test_what_would_break_the_document_is_told(body: str, context: dict[str, object], tmp_path: Path) -> None:
    used = document(tmp_path / "salah.docx", body)
    for way in (used.render, used.stream):
        with pytest.raises(TemplateError, match=r"salah\.docx.*word/document\.xml"):
            way(context)


@pytest.mark.parametrize("path", sorted(packaged_templates().glob("*.docx")), ids=lambda path: path.stem)
def test_the_packaged_templates_are_proved(path: Path) -> None:
    template = Template.load(path)
    body, _ = template._bodies.as_docxtpl()
    assert body.proved
    assert all(part.proved for part in template._compiled.values())


def test_an_unproved_template_that_is_right_is_filled(tmp_path: Path) -> None:
    used = document(tmp_path / "t.docx", "<w:p><w:r><w:t>{{ a.upper() }}{{ run | string | length }}</w:t></w:r></w:p>")
    with zipfile.ZipFile(io.BytesIO(used.render({"a": "x & y", "run": "ab"}))) as package:
        assert b"X &amp; Y2" in package.read("word/document.xml")
