"""The control room API: commands in, views and a stream of facts out. Knows no other adapter."""
