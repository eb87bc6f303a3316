"""The editor of the press office: drafts, their review, and what the log is asked about them."""
