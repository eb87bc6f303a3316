"""Proofs that what was published stays as it was: trees, notes, tiles. Touches no disk, no key."""
