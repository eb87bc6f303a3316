"""What a telephone network sends, read without trust: pure parsers that never raise on bytes."""
