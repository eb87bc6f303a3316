#!/usr/bin/env python3
"""Run SQL over archives in Apache Spark: a line of JSON in, a line of JSON out.

usage: count_in_spark.py ARCHIVE MASTER SHAPES

Needs PySpark and nothing of Pasokh, so that it runs wherever Spark does. ARCHIVE is a folder or any
address that Spark reads (hdfs:, s3a:), MASTER as spark-submit takes it, SHAPES the tables as JSON:
{"calls": "call_id STRING, ..."}. Each line of the input is a query; its answer is the list of its
rows, or {"fault": "..."}. The first line out says that Spark is there.
"""
# ruff: noqa: T201 - it answers by printing

import json
import sys
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession


def _session(master: str) -> SparkSession:
    settings: dict[str, Any] = {
        "spark.ui.enabled": False,
        "spark.sql.session.timeZone": "UTC",
    }
    if master.startswith("local"):
        # One machine: answers are a few lines, and nobody outside may come in.
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "1g",
            "spark.sql.shuffle.partitions": 4,
        }
    return SparkSession.builder.master(master).appName("pasokh").config(map=settings).getOrCreate()


def _open(spark: SparkSession, archive: str, shapes: dict[str, str]) -> None:
    for table, shape in shapes.items():
        rows = spark.read.schema(shape).parquet(f"{archive}/{table}/*/*.parquet")
        rows.createOrReplaceTempView(table)


def main() -> None:
    """Answer until the input ends."""
    archive, master, shapes = sys.argv[1:]
    spark = _session(master)
    _open(spark, archive, json.loads(shapes))
    print(json.dumps(f"Spark {spark.version}"), flush=True)
    for line in sys.stdin:
        try:
            answer: Any = [list(row) for row in spark.sql(json.loads(line)).collect()]
        except PySparkException as error:
            answer = {"fault": str(error)}
        print(json.dumps(answer), flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
