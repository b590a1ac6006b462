"""What the open data reads from the directory."""
