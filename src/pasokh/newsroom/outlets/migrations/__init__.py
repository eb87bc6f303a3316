"""How the tables of the outlets came about."""
