"""The workbook that goes up to the next level: how it is written, sealed, and told from others."""
