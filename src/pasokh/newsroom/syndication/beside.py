"""What the syndication room does again and again: look whether feeds changed, and bring them."""

from pasokh.newsroom.syndication.deeds import forget_settled, send_waiting

# Of a second nobody notices anything, and each look asks the rows four times.
DEEDS = ((1.0, send_waiting), (3600.0, forget_settled))
