"""Tables of the press meetings, as Django wrote them."""
