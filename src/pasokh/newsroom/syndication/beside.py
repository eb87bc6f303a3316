"""What the syndication room does again and again: look whether feeds changed, and bring them."""

from pasokh.newsroom.syndication.deeds import forget_settled, send_waiting

# A quarter of a second at most lies between a feed that is written and the first that gets it.
DEEDS = ((0.25, send_waiting), (3600.0, forget_settled))
