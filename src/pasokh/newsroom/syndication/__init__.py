"""Syndication: our releases in the forms that other programs read, and brought to who asked.

Feeds, ninjs, calendars and the map of the site; a WebSub hub of our own; signed webhooks. Nothing
is given out here that a reader of the site does not get at the same moment.
"""
