"""The people around somebody."""
