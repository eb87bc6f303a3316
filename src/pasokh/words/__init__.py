"""Persian and English: catalogues, digits, calendar. No rule of the field."""
