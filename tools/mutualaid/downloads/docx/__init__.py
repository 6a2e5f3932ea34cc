"""DOCX: documents that a reader can change in a writing program."""
