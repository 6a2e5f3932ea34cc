"""Where adapters and core meet: read, think, do."""
