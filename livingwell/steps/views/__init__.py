"""The pages of steps and suggestions."""
