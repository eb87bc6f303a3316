"""Says of an exception what it was and where, and nothing of what it was about.

The text of an exception may hold what was being read or sealed: a caller's words must not come
into a file, or onto the operator's screen, by a defect of ours.
"""

from pathlib import Path
from traceback import extract_tb


def where_broken(broke: BaseException) -> str:
    """Name the kind of an exception, and the line of ours that it came from."""
    frames = extract_tb(broke.__traceback__)
    if not frames:
        return type(broke).__name__
    last = next((frame for frame in reversed(frames) if "pasokh" in frame.filename), frames[-1])
    return f"{type(broke).__name__} in {Path(last.filename).name}, line {last.lineno}"
