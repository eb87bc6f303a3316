"""What the mail room does again and again."""

from pasokh.newsroom.mail.deeds import forget_letters, post_waiting

DEEDS = ((2.0, post_waiting), (3600.0, forget_letters))
