"""The three floors joined: one decide, one fold, one table of policies."""
