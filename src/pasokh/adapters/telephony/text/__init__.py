"""Messages in writing: what a gateway of text messages brings, and what goes out through it."""
