"""Readers of treebanks, name sets, gold and judged claims, for training and evaluation."""
