"""Which benchmarks there are. Only the process that runs one imports it and its yardstick."""

from importlib import import_module

from benchmarks.rows import Plan, Row

# The module of each.
BENCHES = {
    "S1": "s1_machine",
    "S3": "s3_http",
    "S4": "s4_fold",
    "S5": "s5_archive",
    "S8": "s8_stream",
    "S9": "s9_memory",
    "S10": "s10_desk",
    "S11": "s11_verify",
    "S12": "s12_subscribers",
    "L1": "l1_rates",
    "L2": "l2_province",
    "L3": "l3_one_incident",
    "L4": "l4_one_number",
    "D1": "d1_duplicates",
    "D2": "d2_places",
    "D3": "d3_call_backs",
    "N1": "n1_newsroom",
}


def bench(name: str, plan: Plan) -> list[Row]:
    """Run the benchmark of that name."""
    rows: list[Row] = import_module(f"benchmarks.{BENCHES[name]}").bench(plan)
    return rows
