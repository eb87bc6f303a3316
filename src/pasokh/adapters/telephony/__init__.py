"""The telephone network: switches that ring, and what they send, read and never trusted."""
