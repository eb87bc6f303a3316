"""Speed as ratios, each measured beside its yardstick in one run. Asserts no time."""
