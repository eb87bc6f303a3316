"""Open data: the published rows of a day, told so that any program reads them. No rule here."""
