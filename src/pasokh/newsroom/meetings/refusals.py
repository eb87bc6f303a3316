"""What a deed about meetings says no with: a sentence of the catalogues."""


class MeetingRefused(Exception):
    """It cannot be done. `details` are the places of the sentence `message_id`."""

    def __init__(self, message_id: str, **details: str | int) -> None:
        self.message_id, self.details = message_id, details
        super().__init__(f"{message_id}: {details}")
