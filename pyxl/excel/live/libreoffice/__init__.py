"""LibreOffice Calc, by UNO: what xlwings does not offer."""

from __future__ import annotations
