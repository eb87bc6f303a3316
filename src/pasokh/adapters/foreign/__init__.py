"""Logs of other centres: files read as they are, mappings that say what their columns mean."""
