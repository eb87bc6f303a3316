"""The steps of the office's database, as Django wrote them."""
