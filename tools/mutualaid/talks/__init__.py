"""The first door's talks: what the commands that take in, retire and retract ask and say at a terminal."""
