"""EPUB: the e-books."""
