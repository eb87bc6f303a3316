"""Press meetings: agenda, invitation, seats, the door, what was promised. No file on anybody."""
