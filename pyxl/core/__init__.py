"""What it means: ledgers, issues, checks, totals and the narrative. Knows no file format."""
