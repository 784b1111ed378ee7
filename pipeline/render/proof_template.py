"""What the proof would refuse in every document of a template, told of the template itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.model.message import Message, verbatim
from pipeline.render.proof_content import Seen, references
from pipeline.render.proof_names import BODY, STORY
from pipeline.render.proof_package import package_faults


def template_faults(parts: Iterable[tuple[str, bytes]]) -> Iterator[Message]:
    """The faults of the parts of a loaded template that do not depend on what its tags are filled with."""
    held = dict(parts)
    try:
        yield from _faults(held)
    except etree.XMLSyntaxError as error:
        yield verbatim(error)


def _faults(held: dict[str, bytes]) -> Iterator[Message]:
    roots = {name: etree.fromstring(held[name]) for name in held if name == BODY or re.fullmatch(STORY, name)}
    yield from package_faults(held, references(roots[BODY]))
    seen = Seen(())
    for root in roots.values():
        yield from seen.node_faults(root)
