"""What is one thing that doctor has looked at?"""

from __future__ import annotations

from typing import NamedTuple

from pyxl.text import phrase

__all__ = ["Finding", "finding", "trouble", "value"]


class Finding(NamedTuple):
    """`group` and `key` name it in text/installing.toml; `trouble` says what to do, "" when all is well."""

    group: str
    key: str
    value: str
    trouble: str = ""

    @property
    def label(self) -> str:
        """What was looked at; a library is called by its own name."""
        return (
            self.key if self.group == "libraries" and self.key != "com" else phrase("installing", "findings", self.key)
        )


def finding(group: str, key: str, value: str, trouble: str = "") -> Finding:
    """A finding without what could break the lines of a text."""
    return Finding(group, key, " ".join(value.split()), trouble)


def value(key: str, **params: object) -> str:
    """One of the ready-made values."""
    return phrase("installing", "values", key, **params)


def trouble(key: str, **params: object) -> str:
    """One of the ready-made pieces of advice."""
    return phrase("installing", "troubles", key, **params)
