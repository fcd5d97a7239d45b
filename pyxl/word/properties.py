"""What a document says of itself: title and author, and nothing of clock, machine or template."""

from __future__ import annotations

from typing import Any

__all__ = ["LONGEST", "set_properties"]

LONGEST = 255  # characters; python-docx refuses more


def set_properties(document: Any, *, title: str, author: str) -> None:
    """Replaces every core property of a python-docx document; dates are left out, which is allowed."""
    properties = document.core_properties
    for old in list(properties._element):
        properties._element.remove(old)
    properties.title = title[:LONGEST]
    properties.author = author[:LONGEST]
    properties.language = "zh-CN"
