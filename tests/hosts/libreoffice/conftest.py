"""The office that the live tests of this folder share, and a book in it."""

from __future__ import annotations

from tests.hosts.libreoffice.office import app, book

__all__ = ["app", "book"]
