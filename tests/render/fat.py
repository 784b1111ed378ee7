"""A template as an office gets it that begins from a blank document: all of python-docx's styles, borders by a table
style, and what Word leaves behind. Its pages are those of ``sop.docx``."""

from __future__ import annotations

import copy
import io
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.resources import packaged_templates

_NOISE = ("rsidR", "rsidRPr", "rsidRDefault", "rsidP")


def fat_template(path: Path, *, source: Path | None = None, look: str = "0000") -> Path:
    """Write the template to ``path``; its tables have the style "Table Grid" and no borders of their own.

    ``look`` are the flags of conditional formats that its tables ask for ("04A0": as Word inserts tables).
    """
    pages = docx.Document(str(source or packaged_templates() / "sop.docx"))
    document = docx.Document()
    _with_styles(document.styles.element, pages.styles.element)
    body = copy.deepcopy(pages.element.body)
    for reference in body.iter(qn("w:headerReference"), qn("w:footerReference")):
        relation = pages.part.rels[reference.get(qn("r:id"))]
        reference.set(qn("r:id"), document.part.relate_to(relation.target_part, relation.reltype))
    for table in body.iter(qn("w:tbl")):
        _by_style(table.find(qn("w:tblPr")), look)
    _noisy(body)
    document.element.replace(document.element.body, body)
    data = io.BytesIO()
    document.save(data)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.getvalue())
    return path


def _with_styles(styles: Any, more: Any) -> None:
    """Put the styles of ``more`` and its defaults into ``styles``."""
    styles.replace(styles.find(qn("w:docDefaults")), copy.deepcopy(more.find(qn("w:docDefaults"))))
    known = {each.get(qn("w:styleId")): each for each in styles.iter(qn("w:style"))}
    for style in more.iter(qn("w:style")):
        same = known.get(style.get(qn("w:styleId")))
        if same is not None:
            styles.remove(same)
        styles.append(copy.deepcopy(style))


def _by_style(properties: Any, look: str) -> None:
    for name in ("w:tblBorders",):
        found = properties.find(qn(name))
        if found is not None:
            properties.remove(found)
    properties.insert(0, parse_xml(f'<w:tblStyle {nsdecls("w")} w:val="TableGrid"/>'))
    shown = properties.find(qn("w:tblLook"))
    if shown is not None:
        properties.remove(shown)
    made = parse_xml(f'<w:tblLook {nsdecls("w")} w:val="{look}"/>')
    after = properties.find(qn("w:tblCaption"))
    if after is None:
        properties.append(made)
    else:
        after.addprevious(made)


def _noisy(body: Any) -> None:
    """Numbers of editing sessions, marks of the spelling checker, where the cursor stood, tags over several runs."""
    for number, paragraph in enumerate(list(body.iter(qn("w:p")))):
        for name in _NOISE:
            paragraph.set(qn(f"w:{name}"), f"00{number:06X}")
        runs = paragraph.findall(qn("w:r"))
        for run in runs:
            run.set(qn("w:rsidR"), f"00{number:06X}")
        if len(runs) == 1 and number % 3 == 0:
            _split(runs[0])
    first = next(body.iter(qn("w:p")))
    first.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="901" w:name="_GoBack"/>'))
    first.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="901"/>'))


def _split(run: Any) -> None:
    """The text of ``run`` in two runs with a mark of the spelling checker between them, as Word saves tags."""
    text = run.find(qn("w:t"))
    if text is None or len(text.text or "") < 6 or len(run.findall(qn("w:t"))) != 1:
        return
    second = copy.deepcopy(run)
    words = text.text
    text.text, second.find(qn("w:t")).text = words[:4], words[4:]
    for each in (text, second.find(qn("w:t"))):
        each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(second)
    for kind in ("spellEnd", "spellStart"):
        run.addnext(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="{kind}"/>'))
