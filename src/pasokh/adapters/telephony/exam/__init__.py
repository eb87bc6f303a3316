"""Files of conformance suites, judged without a network: what the centre would do with each."""
