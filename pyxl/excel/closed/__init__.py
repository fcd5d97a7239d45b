"""How a closed workbook becomes raw cells: looked at first, read in a child process."""
