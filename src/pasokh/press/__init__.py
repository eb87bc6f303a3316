"""The press floor: what the office says in public, in which version, by whom, and from when on."""
