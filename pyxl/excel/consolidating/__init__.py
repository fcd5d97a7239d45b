"""The workbook that an upper level makes of many submissions."""
