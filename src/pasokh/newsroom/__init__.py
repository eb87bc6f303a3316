"""The newsroom: what the office says to everybody, and how everybody answers. Decides nothing.

Each room inside is a Django application with rows of its own. `urls` are the public's pages, served
by a process of their own; `desk_urls` are the staff's, behind the office's gate.
"""
