"""Spreadsheet programs that xlwings does not know by itself, and what lets them call us."""
