"""No text of the program lacks its translation, and no translation says something else than its text."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from pipeline.cli import texts
from pipeline.model.message import Lang, say, translated, verbatim

TEXTS = texts.extract()
CATALOGUES = {lang: texts.read(texts.po_path(lang)) for lang in texts.TRANSLATED}
UPDATE = "run: python -m pipeline.cli.texts"
LANGS = pytest.mark.parametrize("lang", texts.TRANSLATED)


def entries(lang: Lang) -> dict[texts.Text, str]:
    return {(message.context or "", str(message.id)): str(message.string) for message in CATALOGUES[lang] if message.id}


@LANGS
def test_the_catalogue_holds_every_text_and_nothing_else(lang: Lang) -> None:
    assert len(TEXTS) > 1000
    assert set(entries(lang)) == set(TEXTS), UPDATE


@LANGS
def test_nothing_is_left_untranslated_or_doubtful(lang: Lang) -> None:
    assert [text for text, translation in entries(lang).items() if not translation] == []
    assert [str(message.id) for message in CATALOGUES[lang] if message.id and message.fuzzy] == []


@LANGS
def test_a_translation_asks_for_the_facts_of_its_text(lang: Lang) -> None:
    wrong = {text: made for (_, text), made in entries(lang).items() if texts.fields(text) != texts.fields(made)}
    assert wrong == {}


@LANGS
def test_a_translation_begins_and_ends_as_its_text(lang: Lang) -> None:
    """Blanks at the ends join a text to others; one that ends in a full stop is a sentence in every language."""
    odd = [
        text
        for (_, text), made in entries(lang).items()
        if (text[:1].isspace(), text[-1:].isspace(), text.count("\n"))
        != (made[:1].isspace(), made[-1:].isspace(), made.count("\n"))
    ]
    assert odd == []


@LANGS
def test_the_file_is_as_the_tool_writes_it(lang: Lang) -> None:
    written = texts.po_path(lang).read_bytes()
    assert texts.as_po(texts.updated(CATALOGUES[lang], TEXTS)) == written, UPDATE


@LANGS
def test_the_program_reads_what_people_edited(lang: Lang) -> None:
    with texts.mo_path(lang).open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    read = {
        (context, text): compiled.pgettext(context, text) if context else compiled.gettext(text)
        for context, text in TEXTS
    }
    assert read == entries(lang), UPDATE


def test_a_text_that_is_new_lacks_its_translation() -> None:
    new = texts.updated(CATALOGUES["en"], {**TEXTS, ("", "teks yang baru"): ["x.py"]})
    message = new.get("teks yang baru")
    assert message is not None
    assert not message.string
    assert texts.updated(new, {}).get("teks yang baru") is None


def test_a_text_that_is_not_written_out_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pipeline"
    folder.mkdir()
    (folder / "x.py").write_text('say(f"halo {nama}")\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"pipeline/x\.py:1"):
        texts.extract(tmp_path)


def test_texts_of_several_lines_and_explanations_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "pipeline"
    folder.mkdir()
    rule = '"""Judul.\n\nApa: Sesuatu\nyang diperiksa.\nMengapa: Perlu.\n"""\nsay("satu "\n    "dua", n=1)\n'
    (folder / "abc_01_contoh.py").write_text(rule, encoding="utf-8")
    assert [text for _, text in texts.extract(tmp_path)] == ["satu dua", "Sesuatu yang diperiksa.", "Perlu."]


def test_equal_texts_are_told_apart_by_context(tmp_path: Path) -> None:
    folder = tmp_path / "pipeline"
    folder.mkdir()
    (folder / "x.py").write_text('say("tanggal")\nsay("tanggal", context="bentuk")\n', encoding="utf-8")
    assert list(texts.extract(tmp_path)) == [("", "tanggal"), ("bentuk", "tanggal")]
    assert say("Dokumen").text("en") == "Documents"
    assert say("Dokumen", context="satu").text("en") == "Document"


def test_messages_speak_both_languages() -> None:
    message = say("{file} sudah ada dan tidak ditimpa. Pilih nama lain.", file="a.yaml")
    assert message.text("id") == "a.yaml sudah ada dan tidak ditimpa. Pilih nama lain."
    assert message.text("en") == "a.yaml is there already and is not written over. Choose another name."
    assert verbatim("{a}").text("en") == "{a}"
    assert translated("", "en") == ""


def test_an_unknown_text_stays_as_it_is() -> None:
    assert Catalog(locale="en").get("teks") is None
    assert translated("teks yang tidak ada di katalog", "en") == "teks yang tidak ada di katalog"
