"""Says of an exception what it was and where, and nothing of what it was about.

The text of an exception may hold what was being read or sealed: a caller's words must not come
into a file, or onto the operator's screen, by a defect of ours.
"""


def where_broken(broke: BaseException) -> str:
    """Name the kind of an exception, and the last line of ours that it came through."""
    where = ""
    trace = broke.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "pasokh" in file or not where:
            where = f" in {file.rpartition('/')[2]}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(broke).__name__}{where}"
