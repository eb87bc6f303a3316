"""Coverage: which consenting outlets' feeds carried our own releases, and with which number.

Nothing else is looked for, and of what is found only title, address and time are kept.
"""
