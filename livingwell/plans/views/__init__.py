"""The pages on which somebody writes about themselves and names their hard days."""
