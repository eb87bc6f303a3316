"""A cell that cannot be read, and the sentence that says how to mend it."""


class CellWrong(ValueError):
    """A cell that cannot be read: `message_id` is its sentence, `details` are its places."""

    def __init__(self, message_id: str, **details: str | int) -> None:
        self.message_id, self.details = message_id, details
        super().__init__(f"{message_id}: {details}")
