"""What those who keep the network may type."""
