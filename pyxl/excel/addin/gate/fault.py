"""What is one thing that keeps a built file from being shipped?"""

from __future__ import annotations

from pyxl.record import record

__all__ = ["Fault"]


@record
class Fault:
    """Told to whoever builds, so in English: a code that tests know, and where it is."""

    code: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.where}" if self.where else self.code
