"""Pages that people write: guide pages, drawings, conditional blocks, reading grade."""
