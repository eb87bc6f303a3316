"""The house rules as ordinary tests: sizes, imports, language, tools."""
