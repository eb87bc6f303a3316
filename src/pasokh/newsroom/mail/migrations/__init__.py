"""The tables of the letters, step by step."""
