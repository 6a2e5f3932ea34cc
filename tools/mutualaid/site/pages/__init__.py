"""The pages of the site, one module a page or kind of page."""
