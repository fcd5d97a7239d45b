"""The script that somebody handy would write: read every sheet of every file, one below the other, and group.

    python naive_collect.py FOLDER [FILES]

It checks nothing and trusts every cell. Its time for each file is what ours is compared with.
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import pandas as pd

HEADER = 2  # rows above the header
UNIT, PRESENT = "报送单位", "实到"


def main(folder: str, most: int) -> None:
    frames: dict[str, list[pd.DataFrame]] = {}
    for path in islice(sorted(Path(folder).glob("*.xlsx")), most):
        for name, frame in pd.read_excel(path, sheet_name=None, header=HEADER, engine="openpyxl").items():
            frames.setdefault(name, []).append(frame)
    for name, found in frames.items():
        whole = pd.concat(found)
        if UNIT in whole.columns:
            counts = whole.groupby(UNIT).size()
            present = whole.groupby(UNIT)[PRESENT].sum() if PRESENT in whole.columns else None
            print(name, counts.sum(), "" if present is None else present.sum())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else sys.maxsize)
