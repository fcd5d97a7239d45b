"""Which number is a colour for LibreOffice, and which three does xlwings speak of?"""

from __future__ import annotations

__all__ = ["from_office", "to_office"]

_NONE = -1

_Colour = tuple[int, int, int]


def to_office(colour: _Colour | str | int | None) -> int:
    """From three numbers, a text such as #ff0000, or Excel's number, where blue comes first."""
    if colour is None:
        return _NONE
    if isinstance(colour, str):
        return int(colour.removeprefix("#"), 16)
    if isinstance(colour, int):
        colour = (colour & 255, colour >> 8 & 255, colour >> 16 & 255)
    red, green, blue = colour
    return red << 16 | green << 8 | blue


def from_office(number: int | None) -> _Colour | None:
    """Red, green and blue; None for no colour, and where cells differ."""
    if number is None or number < 0:
        return None
    return (number >> 16 & 255, number >> 8 & 255, number & 255)
