"""The reference floor: what the centre knows beforehand, as lists whose lines begin and end."""
