"""Maps: areas that ship with Pasokh, and their outlines. Knows no rule of the field."""
