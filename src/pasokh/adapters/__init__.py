"""The street side: disks, wires, screens. Adapters never know each other."""
