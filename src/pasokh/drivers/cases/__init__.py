"""Judged cases: small logs with the classes and figures that must follow, run on the machine."""
