"""What centres exchange: shapes that others fixed, read without trust, written from the log."""
