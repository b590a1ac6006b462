"""What somebody chose to do and who walks with them, and the suggestions they kept, refused or put off."""
