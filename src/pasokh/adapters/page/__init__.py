"""The live page: a board turned into HTML and into messages. No web framework, no state."""
