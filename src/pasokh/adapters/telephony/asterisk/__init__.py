"""A switch that a centre has already: Asterisk gives calls out, this room listens and writes."""
