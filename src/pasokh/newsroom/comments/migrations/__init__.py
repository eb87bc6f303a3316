"""The tables of comments, as Django writes them."""
