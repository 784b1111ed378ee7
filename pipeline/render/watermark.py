"""The watermark of documents that are not final, as Word itself makes it: WordArt in the page header."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from markupsafe import Markup

from pipeline.model.finding import Stage

_WORDS = {Stage.DRAFT: "DRAF", Stage.REVIEW: "UNTUK DITINJAU"}


def watermark_word(stage: Stage) -> str:
    """What the watermark of ``stage`` says; "" for a final document."""
    return _WORDS.get(stage, "")


def watermark(stage: Stage) -> Markup:
    """The run that carries the watermark of ``stage``; "" for a final document."""
    text = _WORDS.get(stage)
    if text is None:
        return Markup("")
    width = min(560, 70 * len(text))
    height = width // (len(text) * 2 // 3)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:330;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return Markup(
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="TandaAir" o:spid="_x0000_s2049" type="#_x0000_t136" alt={quoteattr("Tanda air " + text)} '
        f'style="{style}" o:allowincell="f" fillcolor="#d0d0d0" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string={quoteattr(text)}/></v:shape>'
        "</w:pict></w:r>"
    )
