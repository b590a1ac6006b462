"""Other people's directories as they hand them over: formats, rows, cleaning. No database in here."""
