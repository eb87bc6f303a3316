"""What readers say about a release: confirmed by its writer, judged by rule, never edited."""
