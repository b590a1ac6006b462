"""Who walks with whom as their link worker."""
