"""The pages of those who keep the network right; each asks for a right with `keeping.access.staff`."""
