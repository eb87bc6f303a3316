"""Pasokh: an open emergency call centre."""
