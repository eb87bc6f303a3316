"""The seed's driver: invented callers, call takers, dispatchers and crews turn the real machine."""
