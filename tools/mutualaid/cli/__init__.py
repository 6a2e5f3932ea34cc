"""The command line: one module a group of commands. The only place that prints, reads the clock and exits."""
