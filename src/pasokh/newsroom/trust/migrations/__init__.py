"""The tables of trust, as Django writes them."""
