"""What is happening: one moment, weighed by one rulebook. Pure: no file, no clock, no chance."""
