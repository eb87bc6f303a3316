"""The answer floor: calls from ring to class, and the people at the positions."""
