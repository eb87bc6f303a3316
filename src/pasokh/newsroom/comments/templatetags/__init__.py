"""What the pages of other rooms take of comments."""
