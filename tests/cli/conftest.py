from __future__ import annotations

from tests.documented import both, made

__all__ = ["both", "made"]
