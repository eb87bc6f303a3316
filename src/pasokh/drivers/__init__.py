"""Who turns the machine: the wall clock, a seed, or an old log."""
