"""The public site: what is out, found again by month, topic, county and word. Decides nothing.

What it shows is a copy of the public folder and the log, which may be thrown away and made anew.
"""
