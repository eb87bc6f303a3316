"""How the tables of the topics came about."""
