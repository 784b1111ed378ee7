"""Charts as plain SVG, readable on light and on dark pages: bars beside each other, lines on logarithmic axes.

Tertib has the accent, everything else is grey and named where it stands, so that nothing needs a legend.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH = 860
BAR, GAP = 18, 10
TOP = 58
PLOT_HEIGHT = 300
LABEL_STEP = 15
"""Least distance between two names at the ends of lines."""
CHAR = 7.4
"""A generous width of a letter; texts are never measured, only given room."""

_STYLE = """
.page{fill:#ffffff}.ink{fill:#1f2328}.soft{fill:#57606a}.peer{fill:#9aa4b0}.ours{fill:#0969da}.target{stroke:#bc4c00}
.targettext{fill:#bc4c00}.axis{stroke:#c3cad2}.grid{stroke:#e4e8ec}.lpeer{stroke:#8c96a1}.lours{stroke:#0969da}
.dpeer{fill:#8c96a1}
text{font:13px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
text{paint-order:stroke;stroke:#ffffff;stroke-width:3px}
.title{font-size:16px;font-weight:600}.small{font-size:12px}.mark{font-weight:600}
@media (prefers-color-scheme:dark){.page{fill:#0d1117}.ink{fill:#e6edf3}.soft{fill:#9aa4ae}.peer{fill:#5b6570}
.ours{fill:#58a6ff}.target{stroke:#f0883e}.targettext{fill:#f0883e}.axis{stroke:#3d444d}.grid{stroke:#21262d}
text{stroke:#0d1117}.lpeer{stroke:#7d8792}.dpeer{fill:#7d8792}.lours{stroke:#58a6ff}}
"""


@dataclass(frozen=True, slots=True)
class Bars:
    """A group of bars: its heading, and names with values; ``ours`` are the names that are Tertib's.

    ``target`` is a value to stay below, with what is said of it.
    """

    heading: str
    values: Mapping[str, float]
    ours: frozenset[str] = frozenset({"Tertib"})
    target: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over a number of documents: name -> number -> seconds."""

    heading: str
    values: Mapping[str, Mapping[int, float]]
    ours: frozenset[str] = frozenset({"Tertib"})
    unit: str = field(default="s")


def bar_chart(title: str, about: str, groups: Sequence[Bars], unit: str) -> str:
    """Bars of all ``groups`` on one scale, each with its value at its end."""
    left = 24 + CHAR * max(len(name) for group in groups for name in group.values)
    top = max(max([*group.values.values(), *([group.target[0]] if group.target else [])]) for group in groups)
    scale = (WIDTH - left - 110) / top
    parts: list[str] = []
    y = float(TOP)
    for group in groups:
        if group.heading:
            parts.append(_text(16, y + 12, group.heading, "soft small mark"))
            y += 22
        start, told = y, []
        for name, value in group.values.items():
            kind = "ours" if name in group.ours else "peer"
            parts.append(_text(left - 8, y + 14, name, "ink mark" if kind == "ours" else "ink", "end"))
            parts.append(
                f'<rect class="{kind}" x="{left:.1f}" y="{y:.1f}" width="{value * scale:.1f}" height="{BAR}" rx="2"/>'
            )
            told.append(_text(left + value * scale + 6, y + 14, f"{_figure(value)} {unit}", "ink small"))
            y += BAR + GAP
        if group.target is not None:
            parts += _target(left + group.target[0] * scale, start - 4, y - GAP + 4, group.target[1])
            y += 18
        parts += told  # over the line of the target
        y += 8
    return _page(title, about, parts, y + 4)


def _target(x: float, top: float, bottom: float, told: str) -> Iterator[str]:
    ends = f'x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{bottom:.1f}"'
    yield f'<line class="target" {ends} stroke-width="1.5" stroke-dasharray="4 3"/>'
    yield _text(x, bottom + 14, told, "targettext small", "middle")


def line_chart(title: str, about: str, panels: Sequence[Lines]) -> str:
    """``panels`` beside each other, both axes logarithmic, the name of each line at its end."""
    room = WIDTH / len(panels)
    parts = list(itertools.chain.from_iterable(_panel(p, room * n, room) for n, p in enumerate(panels)))
    return _page(title, about, parts, TOP + 20 + PLOT_HEIGHT + 52)


def _panel(panel: Lines, x0: float, room: float) -> Iterator[str]:
    left = x0 + 66
    width = room - 66 - 12 - CHAR * max(map(len, panel.values))
    top, bottom = TOP + 24.0, TOP + 24.0 + PLOT_HEIGHT - 24
    counts = sorted({n for line in panel.values.values() for n in line})
    seconds = [s for line in panel.values.values() for s in line.values()]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    span = max(1, high - low)

    def place(count: int, value: float) -> tuple[float, float]:
        across = math.log10(count / counts[0]) / math.log10(counts[-1] / counts[0])
        return left + across * width, bottom - (math.log10(value) - low) / span * (bottom - top)

    yield _text(x0 + 16, TOP + 8, panel.heading, "soft small mark")
    for power in range(low, high + 1):
        y = place(counts[0], 10.0**power)[1]
        yield f'<line class="grid" x1="{left:.1f}" y1="{y:.1f}" x2="{left + width:.1f}" y2="{y:.1f}"/>'
        yield _text(left - 8, y + 4, f"{10.0**power:,.10g} {panel.unit}", "soft small", "end")
    yield f'<line class="axis" x1="{left:.1f}" y1="{bottom:.1f}" x2="{left + width:.1f}" y2="{bottom:.1f}"/>'
    for count in counts:
        yield _text(place(count, 10.0**low)[0], bottom + 18, f"{count:,}", "soft small", "middle")
    yield _text(left + width / 2, bottom + 38, "documents", "soft small", "middle")
    for name, line in panel.values.items():
        kind = "ours" if name in panel.ours else "peer"
        points = [place(count, value) for count, value in sorted(line.items())]
        thick = 2.5 if kind == "ours" else 1.5
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline class="l{kind}" points="{drawn}" fill="none" stroke-width="{thick}"/>'
        dot = "ours" if kind == "ours" else "dpeer"
        yield from (f'<circle class="{dot}" cx="{x:.1f}" cy="{y:.1f}" r="{thick + 1:.1f}"/>' for x, y in points)
    ends = {name: place(max(line), line[max(line)])[1] for name, line in panel.values.items()}
    for name, y in _apart(ends).items():
        yield _text(left + width + 8, y + 4, name, "ink small mark" if name in panel.ours else "ink small")


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """The same heights, moved until no two names touch."""
    names = sorted(ends, key=lambda name: ends[name])
    places = [ends[name] for name in names]
    for _ in range(100):
        for one, other in itertools.pairwise(range(len(places))):
            lack = LABEL_STEP - (places[other] - places[one])
            if lack > 0:
                places[one] -= lack / 2
                places[other] += lack / 2
    return dict(zip(names, places, strict=True))


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _page(title: str, about: str, parts: Sequence[str], height: float) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" aria-labelledby="t d"><title id="t">{escape(title)}</title>'
        f'<desc id="d">{escape(about)}</desc><style>{_STYLE}</style>'
        f'<rect class="page" width="100%" height="100%" rx="6"/>'
    )
    return "\n".join([head, _text(16, 28, title, "ink title"), _text(16, 46, about, "soft small"), *parts, "</svg>\n"])
