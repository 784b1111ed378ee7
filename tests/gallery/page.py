"""The gallery as one HTML page that opens offline: every case with its score, findings and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from pipeline.report.score import WORDS
from tests.gallery.cases import NEVER


@dataclass(frozen=True, slots=True)
class Picture:
    """The image of a page; ``path`` is relative to the gallery, sizes are in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Card:
    """What the gallery shows of a case. ``fatal``: no document could be made; ``pdf`` is "" without one."""

    id: str
    title: str
    about: str
    score: Mapping[str, int] = field(default_factory=dict)
    steps: int = 0
    actors: int = 0
    findings: Sequence[str] = ()
    fatal: bool = False
    pictures: Sequence[Picture] = ()
    pdf: str = ""

    @property
    def wrong(self) -> int:
        """How much of what may never be is there."""
        return sum(self.score.get(key, 0) for key in NEVER)

    @property
    def badness(self) -> tuple[bool, int, int, int, float]:
        """Greater is worse: no document, what may never be, crossings, struck labels, bends per line."""
        score = self.score
        bends = score.get("bends", 0) / max(1, score.get("lines", 0))
        return self.fatal, self.wrong, score.get("crossings", 0), score.get("labels_on_borders", 0), bends


def render(cards: Sequence[Card]) -> str:
    """The page. Cards keep their order; their order by score is a choice on the page."""
    worst = {card.id: rank for rank, card in enumerate(sorted(cards, key=lambda card: card.badness, reverse=True))}
    body = "\n".join(_card(card, rank, worst[card.id]) for rank, card in enumerate(cards))
    options = "".join(f"<option>{escape(name)}</option>" for name in dict.fromkeys(c.id.split("/")[0] for c in cards))
    return _PAGE.format(total=_total(cards), cards=body, offices=options, style=_STYLE, script=_SCRIPT)


def _total(cards: Sequence[Card]) -> str:
    sums = {key: sum(card.score.get(key, 0) for card in cards) for key in WORDS}
    refused = sum(1 for card in cards if card.fatal)
    return f"{len(cards)} SOP, {refused} ditolak, {_words(sums, WORDS)}"


def _words(score: Mapping[str, int], keys: Iterable[str]) -> str:
    return ", ".join(f"{score[key]} {WORDS[key].id}" for key in keys if key in score)


def _card(card: Card, rank: int, worst: int) -> str:
    bad = " buruk" if card.wrong else " ditolak" if card.fatal else ""
    head = f'<h2><a href="{escape(card.pdf)}">{escape(card.id)}</a></h2>' if card.pdf else f"<h2>{escape(card.id)}</h2>"
    words = escape(" ".join((card.id, card.title, card.about, *card.findings)).lower())
    lines = [
        f'<section class="kartu{bad}" data-nama="{escape(card.id)}" data-urut="{rank}" data-buruk="{worst}"',
        f' data-kata="{words}">',
        head,
        f"<p><b>{escape(card.title)}</b> · {card.steps} langkah, {card.actors} pelaksana<br>{escape(card.about)}</p>",
        f'<p class="nilai">{_score(card)}</p>',
    ]
    if card.findings:
        lines.append("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in card.findings) + "</ul>")
    lines += [
        f'<a href="{escape(p.path)}"><img loading="lazy" src="{escape(p.path)}" width="{p.width}" height="{p.height}"'
        f' alt="{escape(card.id)}, halaman {number} diagram alir"></a>'
        for number, p in enumerate(card.pictures, 1)
    ]
    return "\n".join([*lines, "</section>"])


def _score(card: Card) -> str:
    parts = []
    for key, word in WORDS.items():
        if key in card.score:
            mark = " class=salah" if key in NEVER and card.score[key] else " class=nol" if not card.score[key] else ""
            parts.append(f"<span{mark}>{card.score[key]} {word.id}</span>")
    return " · ".join(parts)


_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:0;background:#eceff1;color:#1c2429}
header{position:sticky;top:0;background:#fff;border-bottom:1px solid #b0bec5;padding:.6rem 1rem;display:flex;
flex-wrap:wrap;gap:.4rem 1rem;align-items:center}
h1{font-size:1.1rem;margin:0}header p{margin:0;color:#546e7a;flex:1 1 20rem;font-size:.85rem}
input,select{font:inherit;padding:.2rem .4rem}
.kartu{background:#fff;margin:1rem;padding:.8rem 1rem;border:1px solid #cfd8dc;border-radius:6px}
.kartu[hidden]{display:none}.buruk{border-left:6px solid #c62828}.ditolak{border-left:6px solid #ef6c00}
h2{font-size:1rem;margin:0;font-family:ui-monospace,monospace}p{margin:.2rem 0}ul{margin:.2rem 0;color:#b23c00}
.nilai{font-variant-numeric:tabular-nums}.nol{color:#90a4ae}.salah{color:#fff;background:#c62828;padding:0 .3em}
img{max-width:100%;height:auto;border:1px solid #90a4ae;margin:.5rem 0 0;display:block}
"""
_SCRIPT = """
const cards=[...document.querySelectorAll('.kartu')],main=document.querySelector('main');
const [cari,kantor,urut]=['cari','kantor','urut'].map(id=>document.getElementById(id));
function pilih(){const words=cari.value.toLowerCase().split(/\\s+/).filter(Boolean);let n=0;
for(const card of cards){
card.hidden=!words.every(w=>card.dataset.kata.includes(w))||!card.dataset.nama.startsWith(kantor.value&&kantor.value+'/');
n+=!card.hidden}
document.getElementById('jumlah').textContent=n+' dari '+cards.length;}
function susun(){const key=urut.value;main.append(...[...cards].sort((a,b)=>a.dataset[key]-b.dataset[key]))}
cari.oninput=pilih;kantor.onchange=pilih;urut.onchange=susun;
if(location.hash){cari.value=decodeURIComponent(location.hash.slice(1))}
pilih();susun();
"""
_PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Galeri diagram alir</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>Galeri diagram alir</h1>
<input id="cari" type="search" placeholder="Saring menurut nama atau isi" aria-label="Saring">
<select id="kantor" aria-label="Kantor"><option value="">semua kantor</option>{offices}</select>
<select id="urut" aria-label="Urutan"><option value="urut">menurut nama</option>
<option value="buruk">nilai terburuk dulu</option></select>
<output id="jumlah"></output>
<p>{total}</p>
</header>
<main>
{cards}
</main>
<script>{script}</script>
</body>
</html>
"""
