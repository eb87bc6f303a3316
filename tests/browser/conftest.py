"""How long a browser is waited for: a machine that does other things too is not a broken desk."""

from playwright.sync_api import expect

expect.set_options(timeout=45_000)
