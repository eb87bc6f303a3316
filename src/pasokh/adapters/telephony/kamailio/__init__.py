"""A real SIP switch in front: Kamailio lets callers ring, this room says where their calls go."""
