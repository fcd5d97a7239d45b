"""How the ledger workbook is built from the catalogue, with XlsxWriter."""
