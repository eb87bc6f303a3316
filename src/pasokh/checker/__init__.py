"""The checker of release texts: which numbers contradict each other. It needs nothing of the rest.

It reads Persian and English, and never says who is right, who wrote it, or what is true.
"""
