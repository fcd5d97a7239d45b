"""Another process that holds the lock on a book, as a click at work does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["start_holder"]

ROOT = Path(__file__).parents[2]
HOLDER = "import sys, time; from pyxl.ribbon.lock import Lock; Lock(sys.argv[1]).__enter__(); print('held', flush=True); time.sleep(60)"


def start_holder(mark: str) -> subprocess.Popen[str]:
    """It has the lock already; whoever starts it ends it."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, mark], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process
