"""What earns trust: how callers found it, complaints with their answers, the yearly book."""
