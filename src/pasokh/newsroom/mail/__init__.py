"""Letters of the newsroom: kept until the mail server has them. Decides nobody's address."""
