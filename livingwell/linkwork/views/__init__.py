"""The pages of those who walk with people, and what the person decides about them."""
