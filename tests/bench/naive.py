"""The script that somebody handy would write: read every sheet, group, fill a Word template.

    python naive.py LEDGER.xlsx TEMPLATE.docx OUT.docx

It checks nothing and trusts every cell. Its time is what ours is compared with.
"""

from __future__ import annotations

import sys

import pandas as pd
from docxtpl import DocxTemplate

MEETINGS = ["集中学习", "党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "谈心谈话"]
HEADER = 2  # rows above the header


def main(ledger: str, template: str, out: str) -> None:
    sheets = pd.read_excel(ledger, sheet_name=None, header=HEADER, engine="openpyxl")
    context: dict[str, object] = {"单位": "第一党支部"}
    for name in MEETINGS:
        frame = sheets[name].dropna(subset=["日期"])
        frame = frame.assign(日期=pd.to_datetime(frame["日期"], errors="coerce"))
        half = frame[frame["日期"].dt.month <= 6]
        months = half.groupby(half["日期"].dt.month).size()
        subject = "主题" if "主题" in half.columns else half.columns[0]
        context[name] = {
            "次数": len(half),
            "月份": [f"{month}月{count}次" for month, count in months.items()],
            "主题": list(dict.fromkeys(half[subject].dropna())),
        }
    document = DocxTemplate(template)
    document.render(context, autoescape=True)
    document.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
