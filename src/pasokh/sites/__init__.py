"""What the office and the newsroom share, both Django: their words, clock, headers and server."""
