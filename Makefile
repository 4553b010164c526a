# Everything a newcomer needs: `make run` and `make test`. Python 3.11 or newer and make suffice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-long lint talks book taps mutation figures utterances readability constraints system-packages \
        image-steps clean

$(VENV)/.made: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

run: $(VENV)/.made  ## Start the whole service on http://127.0.0.1:8080/
	$(BIN)/posoka run

test: $(VENV)/.made lint  ## What must hold, in half an hour or so
	$(BIN)/pytest -n 3 --dist loadfile
	@test -x /usr/bin/chromium || echo "Browser tests were skipped. For them: make system-packages (Debian)"

lint: $(VENV)/.made
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m dialogs.message_check
	$(BIN)/python -m knowledge check --on last-read

test-long: $(VENV)/.made  ## The slower checks: more kills, more examples
	$(BIN)/pytest -m long --timeout 1800

talks: $(VENV)/.made  ## Record anew what is said in tests/talks; the diff is what a librarian reviews
	$(BIN)/python -m tests.talks

book: $(VENV)/.made  ## Every screen and every golden talk on one page, to read and to sign
	$(BIN)/python -m tests.book

taps: $(VENV)/.made  ## How many taps each golden profile needs to what fits
	$(BIN)/python -m tests.benchmarks.taps

mutation: $(VENV)/.made  ## Put small faults into the rules' logic; the tests must notice 90 % (half an hour)
	rm -rf mutants
	PYTHONHASHSEED=0 $(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results --all true | $(BIN)/python -m tests.benchmarks.mutation 90

figures: $(VENV)/.made  ## The figures of docs/quality.md, but for those of make mutation
	$(BIN)/python -m knowledge questions --json
	$(BIN)/python -m knowledge places --figures tests/knowledge/data/typed_places.csv
	bash -c 'time $(BIN)/python -m knowledge check --on last-read --scores'

utterances: $(VENV)/.made  ## How well free text is understood: precision and recall of each class
	$(BIN)/python -m tests.benchmarks.understanding utterances_seen utterances_held_out \
	    utterances_written_2 utterances_fresh_2 utterances_fresh_3 utterances_final \
	    utterances_unseen_2 utterances_unseen_en utterances_unseen_tr utterances_unseen_uk

readability: $(VENV)/.made  ## How easy each screen is to read, in each language
	$(BIN)/python -m tests.benchmarks.readability

constraints:  ## Renew the pinned versions from the newest that fit pyproject.toml
	rm -rf build/fresh && $(PYTHON) -m venv build/fresh
	build/fresh/bin/pip install --quiet --disable-pip-version-check -e '.[dev]'
	build/fresh/bin/pip freeze --exclude-editable > constraints.txt
	rm -rf build/fresh

system-packages:  ## Debian packages for the browser tests
	apt-get update -q && apt-get install -y -q chromium fonts-dejavu-core fonts-noto-color-emoji

clean:
	rm -rf $(VENV) build mutants .mypy_cache .pytest_cache .ruff_cache .hypothesis
