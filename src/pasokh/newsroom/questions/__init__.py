"""The question desk: what the press asks, who answers by when, and the answer to everybody."""
