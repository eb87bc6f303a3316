"""The topic programme: what is proposed for a county, by whom, why, and what became of it."""
