"""Reports as they are put on paper: the brief on one sheet, the official letter, the workbook."""
