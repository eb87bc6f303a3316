"""Outlets: how they register, are accredited by stated rules, and get the same as all others."""
