"""How the tables of the syndication room came to be."""
