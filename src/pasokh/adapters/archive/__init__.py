"""What is kept or published for ever: settled days as Parquet, the public log, its witnesses."""
