"""The words and the machine. Touches nothing: no clock, no disk, no screen."""
