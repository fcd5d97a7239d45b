"""Microsoft Excel, by COM: what xlwings does not offer."""

from __future__ import annotations
