"""What changes the directory: taking in what others publish, and making it quick to find."""
