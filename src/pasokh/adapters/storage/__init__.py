"""What must outlive the process: the log, the sealed words with their keys, snapshots."""
