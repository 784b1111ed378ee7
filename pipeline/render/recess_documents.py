"""The Word documents of a recess: contexts into templates, with the letterhead's logo, on the office's paper."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from pipeline.model.form import MM
from pipeline.model.office import Office
from pipeline.render.parts import Part, Picture
from pipeline.render.picture import Logo
from pipeline.render.qr import Code
from pipeline.render.recess_words import NO_PICTURE, Context
from pipeline.render.template import Template

_LOGO_WIDTH = 22 * MM


def fill(
    template: Template,
    office: Office,
    make: Callable[[Markup], Context],
    *,
    pictures: tuple[Picture, ...] = (),
    parts: tuple[Part, ...] = (),
    code: Code | None = None,
) -> bytes:
    """``template`` filled with what ``make`` gives for the logo's run (empty without a logo), as DOCX.

    ``pictures`` and ``parts`` are what the context refers to besides the logo and ``code``. Raises
    TemplateError when the template asks for what the context does not hold.
    """
    logo = Logo.read(office.logo, width_max=_LOGO_WIDTH)
    context = make(NO_PICTURE if logo is None else logo.run)
    if logo is not None:
        context = {**context, "logo_sampul": logo.cover}
    if code is not None:
        context = {**context, **code.context()}
    own = (*([] if logo is None else [logo.picture]), *([] if code is None else [code.picture]))
    return template.stream(context, pictures=(*own, *pictures), parts=parts, paper=office.paper)
