"""The directory for machines to read: the HSDS interface, OpenActive, packages of tables, calendars."""
