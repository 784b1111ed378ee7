"""LibreOffice, or a plain word that it is missing."""

from __future__ import annotations

from tests.convert.conftest import libreoffice

__all__ = ["libreoffice"]
