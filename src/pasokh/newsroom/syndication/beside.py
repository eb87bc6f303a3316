"""What the syndication room does again and again: look whether feeds changed, and bring them."""

from pasokh.newsroom.syndication.deeds import (
    LOOK_EVERY_SECONDS,
    forget_settled,
    send_waiting,
)

DEEDS = ((LOOK_EVERY_SECONDS, send_waiting), (3600.0, forget_settled))
