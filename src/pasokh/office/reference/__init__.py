"""The office's pages of reference data: lists, their entries, changes with a preview, CSV files."""
