"""Names of WordprocessingML and of what it is packed in, as lxml writes them."""

from __future__ import annotations

from typing import Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
WPC: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"

RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""Namespace of relationship ids in parts, and the beginning of the types of relationships."""
PACKAGE_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"

BODY: Final = "word/document.xml"
STYLES: Final = "word/styles.xml"
SETTINGS: Final = "word/settings.xml"
TYPES: Final = "[Content_Types].xml"
STORY: Final = r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml"
"""Names of parts with text beside the body."""
LANGUAGE: Final = "id-ID"
COMPATIBILITY: Final = 15
"""Word 2013 and later. An earlier mode shifts tables to the left."""
