"""Files to download, made of the same entries and pages as the site. No Pelican, no clock, no network."""
