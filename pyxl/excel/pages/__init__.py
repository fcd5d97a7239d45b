"""What do our own sheets say? Rows of plain values with places to jump to, before any file or program.

results   校验结果    figures   the table below the chart of 半年汇总    preview   总结预览
layout    where each of them stands in a ledger

The builder of workbooks and the writer into open ones both put down what these pages say.
"""

from __future__ import annotations
