"""How the tables of the coverage room came to be."""
