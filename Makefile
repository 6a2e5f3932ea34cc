.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
PACKAGED := pyproject.toml .ci/set-up requirements/bot.txt

.PHONY: help site serve test quick test-slow attacks audit check rehearse reconcile preview may-publish review waiting links entries bless bench picture lock release clean

help: ## List what make can do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-13s %s\n", $$1, $$2}'

site: .venv/.site-ready ## Set up what is needed, check every entry, build the site into output/
	@.ci/timed "Build the site" $(BIN)/mutualaid site || [ $$? -eq 3 ] # 3: all pages are there, a file to download is not

serve: .venv/.site-ready ## Build without downloads, show on this machine, build again and reload on every change
	@$(BIN)/mutualaid serve

test: .venv/.test-ready ## Set up what tests need, then lint, types, entries and all tests
	@.ci/browser
	@$(MAKE) --no-print-directory check
	@$(BIN)/pytest

quick: .venv/.test-ready ## The tests that need no browser, no build and no GitHub, with few examples each: under a minute
	@MUTUALAID_LANE=quick $(BIN)/pytest -q -m "not slow and not builds" tests/core tests/text tests/project

test-slow: .venv/.test-ready ## The large numbers: every test that tries many examples, with many more. Takes an hour or so
	@MUTUALAID_LANE=slow $(BIN)/pytest -m "property or slow"

audit: .venv/.test-ready tests/audit/node_modules/.ready ## Open every page: accessibility (axe), valid HTML, links; the e-book in Ace, five pages in Lighthouse, tasks in Firefox. Takes minutes
	@.ci/browser
	@.ci/browser firefox
	@MUTUALAID_LANE=slow $(BIN)/pytest tests/audit tests/site/test_built_site.py

attacks: .venv/.test-ready ## Play every attack that we know on the readers, the bot and the pages; print what was tried and caught
	@MUTUALAID_ATTACKS=1 $(BIN)/pytest -q --no-header tests/rehearsal/test_attacks.py tests/flows/test_hidden_words.py \
		tests/flows/test_merged_bytes.py tests/flows/test_lost_forms.py tests/flows/test_orders.py tests/adapters/test_yaml.py \
		tests/adapters/test_svg.py tests/core/pipeline/test_replies.py tests/core/pipeline/test_merge_rule.py

check: .venv/.test-ready ## Lint, formatting, types, spelling, entries
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/codespell
	@$(BIN)/mutualaid check

bless: .venv/.test-ready ## Write the issue forms and what snapshot tests expect anew; read the difference before you commit it
	@$(BIN)/mutualaid forms
	@MUTUALAID_BLESS=1 $(BIN)/pytest -q $$(grep -rlE 'compare(_text)?\(|MUTUALAID_BLESS' --include='test_*.py' --exclude-dir=node_modules tests)

rehearse: .venv/.site-ready ## Play the way from a form to the live site, on a copy and without GitHub
	@$(BIN)/mutualaid rehearse

reconcile: .venv/.site-ready ## Look at every open submission on GitHub; needs GITHUB_TOKEN and GITHUB_REPOSITORY
	@.ci/timed "Look at submissions" $(BIN)/mutualaid reconcile $(if $(GITHUB_EVENT_PATH),--event "$(GITHUB_EVENT_PATH)")

preview: .venv/.site-ready ## Make the page that a text on GitHub would be; needs NUMBER, ENTRY and BLOB, as the workflow gives them
	@.ci/timed "Make the page" $(BIN)/mutualaid preview "$$NUMBER" "$$ENTRY" "$$BLOB"

may-publish: .venv/.site-ready ## Exit 1 while a bad merge is on main, or no private way for removals is set; needs GITHUB_TOKEN and GITHUB_REPOSITORY
	@$(BIN)/mutualaid may-publish

review: .venv/.bot-ready ## List in an issue on GitHub which entries and pages to review this month
	@$(BIN)/mutualaid review

waiting: .venv/.bot-ready ## Say in an issue on GitHub how much waits for maintainers, and how long
	@$(BIN)/mutualaid waiting

links: .venv/.bot-ready ## Open every link to other sites, and list in an issue on GitHub those that are dead or lead elsewhere
	@$(BIN)/mutualaid links

bench: .venv/.test-ready tests/audit/node_modules/.ready ## Measure builds beside other generators, downloads, many offers, and pages as an old phone meets them
	@.ci/browser
	@for part in run downloads offers browser pages; do PYTHONPATH=tests $(BIN)/python bench/$$part.py || exit; done

picture: site ## Take the README's picture of the home page anew, with Chromium
	@chromium --headless --no-sandbox --hide-scrollbars --window-size=1280,1000 --screenshot=docs/home.png output/index.html
	@$(BIN)/python -c "from PIL import Image; Image.open('docs/home.png').quantize(48).save('docs/home.png', optimize=True)"

lock: .venv/.test-ready ## Pin all dependencies anew, with hashes (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --upgrade \
		--extra site pyproject.toml -o requirements/site.txt
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --upgrade \
		--extra site --extra test -c requirements/site.txt pyproject.toml -o requirements/test.txt
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --upgrade \
		-c requirements/site.txt pyproject.toml -o requirements/bot.txt

release: site ## Pack site, data, books and their sums into release/, as the workflow Release does for a tag
	@.ci/release

clean: ## Remove what commands have made: the environment, caches and the built site
	rm -rf .venv .build output release release-notes.md .mypy_cache .pytest_cache .ruff_cache tests/browser/node_modules tests/audit/node_modules

.venv/.bot-ready: $(PACKAGED)
	@.ci/timed "Set up" .ci/set-up bot

.venv/.site-ready: $(PACKAGED) requirements/site.txt
	@.ci/timed "Set up" .ci/set-up site

.venv/.test-ready: $(PACKAGED) requirements/site.txt requirements/test.txt tests/browser/package-lock.json
	@.ci/set-up test

tests/audit/node_modules/.ready: tests/audit/package-lock.json .venv/.test-ready
	@cd tests/audit && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@
