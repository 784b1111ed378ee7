"""Rows on single documents in a warm process: DOCX of an SOP with its parts, and the flowchart alone."""

from __future__ import annotations

from benchmarks.measure import Measured, Row, child


def documents() -> Measured:
    """The part."""
    return Measured((*warm_docx(), *flowcharts(), *random_flows()))


def warm_docx() -> list[Row]:
    """DOCX of an ordinary and of the longest SOP of the example office, in a warm process."""
    found = child(module="benchmarks.warm")
    ours, low, high = found["ms"]["all"]
    most, least_most, most_most = found["ms"]["longest"]
    fill, proof, plain = (found["ms"][name][0] for name in ("fill", "proof", "docxtpl"))
    rest = ours - fill
    steps, most_steps = found["steps"], found["most"]
    return [
        Row(
            f"DOCX of an SOP of {steps} steps, warm: the template part",
            f"{fill:.2f} ms",
            f"`DocxTemplate(path).render(); save()`, same context {plain:.1f} ms: {plain / fill:.1f} times",
            "< 3 ms",
            fill < 3,
            "DOCX of one SOP, warm: template part",
        ),
        Row(
            "layout and drawing, that is all else that makes the DOCX",
            f"{rest:.2f} ms",
            "none lays out and draws",
            "< 10 ms",
            rest < 10,
            "DOCX of one SOP, warm: layout and drawing more",
        ),
        Row("both together", f"{ours:.1f} ms ({low:.1f} to {high:.1f})"),
        Row(
            f"both together of the longest example, {most_steps} steps on three flowchart pages",
            f"{most:.1f} ms ({least_most:.1f} to {most_most:.1f})",
        ),
        Row("the proof of the first (opened again, schema)", f"{proof:.1f} ms"),
    ]


def flowcharts() -> list[Row]:
    """Layout and drawing alone, by size; processor time."""
    found = child(module="benchmarks.drawing")
    small, large = found["ms"]["12x6"], found["ms"]["60x12"]
    straight = ", ".join(f"{steps} steps {taken:.0f} ms" for steps, taken in found["straight"].items())
    return [
        Row("flowchart of 12 steps and 6 actors: layout and drawing", f"{small:.1f} ms", "", "< 10 ms", small < 10),
        Row("flowchart of 60 steps and 12 actors", f"{large:.1f} ms", "", "< 150 ms", large < 150),
        Row(
            f"straight flows: {straight}",
            f"time per n log n grows by {found['growth']:.2f} at most from one to the next",
            "",
            "no worse than n log n (1.1 allows for noise)",
            found["growth"] < 1.1,
        ),
    ]


def random_flows() -> list[Row]:
    """The layout score summed over random flows: what a single example cannot show."""
    found = child(module="benchmarks.flows")
    wrong = sum(found[name] for name in ("overlaps", "through_symbols", "through_texts", "labels_on_borders"))
    return [
        Row(
            f"{found['flows']} random flows laid out", f"{found['microseconds'] / found['steps'] / 1000:.1f} ms a step"
        ),
        Row("overlaps, lines through symbols or texts, labels on borders", str(wrong), "", "0", wrong == 0),
        Row("crossings and bends", f"{found['crossings']} and {found['bends']} in {found['lines']} lines"),
        Row("flows reported as too dense instead of drawn", str(found["too dense"]), "", "0", found["too dense"] == 0),
        Row("arrow heads right behind a bend", str(found["short heads"]), "", "0", found["short heads"] == 0),
    ]
