"""PDF: the books, handouts and sheets, as Typst source."""
