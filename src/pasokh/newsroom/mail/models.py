"""A letter that waits for the mail server. What was sent is kept no longer than it is needed."""

from django.db import models


class OutgoingLetter(models.Model):
    """One letter to one address. `key` makes a second one of the same no second letter.

    Times in ms. When it was sent, or given up, its address and words are emptied.
    `qr`: what a QR code says that goes with it as a picture.
    """

    key = models.CharField(max_length=120, unique=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    qr = models.CharField(max_length=300, blank=True)
    made_at = models.BigIntegerField()
    next_at = models.BigIntegerField(db_index=True)
    tries = models.IntegerField(default=0)
    sent_at = models.BigIntegerField(null=True)
    given_up_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"letter {self.key}"
