"""What programs and people get from /open/."""
