"""The account floor: what each call became, and the figures made of it."""
