"""Settings for a build that is published: those of pelicanconf.py, and a refusal where the site has no address."""

import sys
from pathlib import Path

import yaml

sys.path.append(str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403
from pelicanconf import ROOT, SITEURL

if not (SITEURL or yaml.safe_load((ROOT / "content" / "host.yaml").read_text(encoding="utf-8"))["site_address"]):
    sys.exit("The site has no address yet. Set site_address in content/host.yaml, or MUTUALAID_SITE_ADDRESS.")
