"""What readers carry away: made of the same entries and pages as the site. No Pelican here, no clock, no network."""
