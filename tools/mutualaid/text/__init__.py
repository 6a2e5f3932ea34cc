"""Markdown, and what it becomes: HTML, XHTML, Typst. The site and the downloads both render through here."""
