"""Tables of the question desk, as Django wrote them."""
