"""Files that readers carry away, made of the same entries and pages as the site. No Pelican, no clock, no network."""
