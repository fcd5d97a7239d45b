"""The edge to spreadsheets: raw cells in, workbooks out."""
