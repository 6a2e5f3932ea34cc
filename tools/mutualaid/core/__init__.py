"""Pure values: no clock, no disk, no network, no printing."""
