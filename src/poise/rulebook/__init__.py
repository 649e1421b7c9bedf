"""What is written: the rulebook language, its mistakes, and edits that touch nothing else."""
