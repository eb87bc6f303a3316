"""How Chromium is started in every test: with no screen, and speaking to nobody else.

Letters are hinted as in the window of Chromium: the shell would draw them otherwise, and the kept
pictures of the desks are of both.
"""

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --font-render-hinting=slight"
).split()
