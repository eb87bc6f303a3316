"""Another centre's log, or an old one of ours, turns the real machine. No rule of the field."""
