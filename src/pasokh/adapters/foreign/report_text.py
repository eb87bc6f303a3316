"""The report of a replay as plain text for a terminal. Numbers as they are, bases beside them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_INTERVAL_COLUMNS = ("n", "p10", "p50", "p90", "p95", "p99", "mean")


def report_text(report: Mapping[str, Any]) -> str:
    """Write the JSON form of a report (`as_json`, decoded) as text."""
    parts = (
        _headline(report),
        _endings(report),
        _rivals(report),
        _intervals(report),
        _dirty(report),
        _cost(report),
        (f"  note: {note}" for note in report["notes"]),
    )
    return "\n".join(line for part in parts for line in (*part, "")).rstrip() + "\n"


def _headline(report: Mapping[str, Any]) -> Iterator[str]:
    yield report["source"]
    share = report["operational_share_percent"]
    if share is None:
        yield f"  no operational share: {report['operational_share_reason']}"
    else:
        yield (
            f"  of {report['answered']:,} public calls answered, {report['operational']:,} "
            f"= {share} % became operational"
        )
    if report["public"] != report["calls"]:
        yield f"  {report['calls']:,} calls in all, {report['public']:,} of them from the public"
    weekly = report["weekly"]
    if weekly is not None:
        yield (
            f"  by week ({weekly['weeks']}): {weekly['lowest_percent']} % in the week of "
            f"{weekly['lowest_week']} .. {weekly['highest_percent']} % in that of "
            f"{weekly['highest_week']}"
        )
    if report["abandoned"]:
        yield (
            f"  {report['abandoned']:,} abandoned before anybody answered, "
            f"{report['called_back']:,} reached by calling back, a unit went to "
            f"{report['abandoned_operational']:,}"
        )


def _endings(report: Mapping[str, Any]) -> Iterator[str]:
    yield "What became of the public calls"
    for ending in report["endings"]:
        name = f"{ending['kind']} ({ending['code']})"
        line = f"  {name:<20} {ending['count']:>9,} {ending['share_percent']:>7} %"
        yield f"{line}  {ending['reason']}".rstrip()
    classes = ", ".join(f"{name} {count:,}" for name, count in report["classes"].items())
    yield f"  classes: {classes}"


def _rivals(report: Mapping[str, Any]) -> Iterator[str]:
    if report["rivals"]:
        yield "Rival readings"
    for rival in report["rivals"]:
        of = f"{rival['operational']:,} of {rival['of']:,}"
        yield f"  {rival['share_percent']:>6} %  {of:<20} {rival['says']}"


def _intervals(report: Mapping[str, Any]) -> Iterator[str]:
    if not report["intervals"]:
        yield "No intervals: the log has no times but the first"
        return
    yield f"{'Intervals':<38}" + "".join(f"{name:>8}" for name in _INTERVAL_COLUMNS)
    for name, interval in report["intervals"].items():
        points = "".join(f"{interval[key]:>8.1f}" for key in _INTERVAL_COLUMNS[1:])
        yield f"  {name + ' (' + interval['unit'] + ')':<36}{interval['n']:>8}{points}"
        out = interval["left_out_negative"], interval["left_out_longer"]
        if any(out):
            yield f"{'':<38}left out: {out[0]} negative, {out[1]} too long"


def _dirty(report: Mapping[str, Any]) -> Iterator[str]:
    yield "Dirty rows, kept as stated" if report["dirty_rows"] else "No dirty rows"
    for rule, found in report["dirty_rows"].items():
        line = f"  {rule:<18} {found['count']:>7,}"
        yield f"{line}  for example row {found['rows'][0]}: {found['example']}"
        yield f"{'':<{len(line)}}  rows {_some(found['rows'], found['count'])}"
    if report["parked"]:
        yield f"  {report['parked']:,} rows could not be understood and are parked whole"
    for reason, count in report["refusals"].items():
        yield f"  the machine refused {count:,} commands: {reason}"


def _cost(report: Mapping[str, Any]) -> Iterator[str]:
    log = report["log"]
    yield (
        f"{report['rows']:,} rows in {report['seconds']:.1f} s = {report['rows_per_second']:,.0f} "
        f"a second; at most {report['peak_rss_mib']:.0f} MiB"
    )
    yield f"log: {log['entries']:,} entries, chain {log['chain']}"


def _some(rows: Sequence[int], count: int) -> str:
    shown = ", ".join(map(str, rows))
    return shown if count <= len(rows) else f"{shown}, ..."
