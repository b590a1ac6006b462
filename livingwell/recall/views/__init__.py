"""What is seen of keeping in touch."""
