from __future__ import annotations

from tests.offices import office, opened

__all__ = ["office", "opened"]
