# Balai: `make run` and `make test` install what is missing and do the rest. `make help` lists all.

# The first of these that is new enough for the bot. Rasa's own Python is found by the set-up.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; \
	done)
BALAI := .venv/bin/python -m bot

.DEFAULT_GOAL := help
.PHONY: help run chat demo test test-fast train check lint ruff mypy imports format migration \
	crash fuzz bench bench-scale bench-wire bench-peers similar screenshots nlu-report nlu-tensorflow \
	lock install install-dev clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: install  ## install, train if needed, migrate, start the bot and the staff console
	@$(BALAI) run

chat: install  ## the same bot as a chat in the terminal
	@$(BALAI) chat

demo: install  ## fill an empty installation with invented citizens and cases
	@$(BALAI) demo

test: install-dev  ## install and pass all tests
	.venv/bin/python -m pytest -n 2 --dist loadgroup

# What takes long, or starts more than Python and a few files of SQLite: pages, a fake Telegram, kills, Rasa, use
# cases. Of the conversations, two folders stay.
SLOW := $(addprefix tests/,bench bot casework console crash fuzz telegram web \
	conversations/test_properties.py dialogue/test_new_intent.py domain/test_danger.py \
	forms/test_long_answers.py meta/test_patterns.py meta/test_sentences.py meta/test_texts.py \
	nlu/test_features.py nlu/test_similarity.py nlu/test_tagger.py setup/test_rasa_without_tensorflow.py \
	storage/test_files.py)
FAST_CONVERSATIONS := running-koreksi or running-lancar

test-fast: install-dev  ## the quick tests, about a minute together
	.venv/bin/python -m pytest -n 2 --dist loadgroup $(SLOW:%=--ignore=%) \
		-m "not live_nlu and not postgres and not browser" \
		-k "not test_conversation[ or $(FAST_CONVERSATIONS)"
	@echo "Left out: what needs PostgreSQL, Chromium or the trained model; all conversations but"
	@echo "tests/conversations/koreksi and lancar; and" $(SLOW:tests/%=%)
	@echo "below tests/. All of it: make test."

train: install  ## train the language model anew, if anything changed
	@$(BALAI) train

check: install  ## validate data, settings, database and model
	@$(BALAI) check

lint: ruff mypy imports  ## ruff, mypy and the import contracts (all of them with make -k)

ruff: install-dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check

mypy: install-dev
	.venv/bin/mypy

imports: install-dev
	.venv/bin/lint-imports

format: install-dev  ## let ruff mend what it can
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

migration: install-dev  ## write the migration to today's tables: make migration NAME="add owner"
	$(if $(strip $(NAME)),,$(error Say what it does: make migration NAME="add owner"))
	@.venv/bin/python -m actions.storage.migrate "$(NAME)"

crash: install-dev  ## kill a real bot at random points and compare; TRIAL=children|backup|keys|slow|long|officers: others
	.venv/bin/python -m tests.crash$(TRIAL:%=.%)

similar: install-dev  ## how rightly reports of the same thing are found, on 300 labelled pairs
	.venv/bin/python -m tests.casework

fuzz: install-dev  ## any input, by chance: KIND=updates, acts, bursts, files or http; N=20000 SEED=1
	.venv/bin/python -m tests.fuzz $(KIND) $(N:%=--n %) $(SEED:%=--seed %)

bench: install-dev  ## measure turns a second, latency and memory; BEFORE=commit: that beside this
	.venv/bin/python -m tests.bench $(BEFORE:%=--before %)

bench-scale: install-dev  ## what pages, jobs and a turn cost with 10,000 and a million cases: SMALL= LARGE= ROUNDS= DATABASE= FOLDER=
	.venv/bin/python -m tests.bench.scale $(SMALL:%=--small %) $(LARGE:%=--large %) \
		$(ROUNDS:%=--rounds %) $(DATABASE:%=--database %) $(FOLDER:%=--folder %)

bench-wire: install-dev  ## bytes and seconds of a whole complaint on a weak line, by each way in
	.venv/bin/python -m tests.bench.wire

bench-peers: install-dev  ## the same conversation at Balai, a stock Rasa assistant and a dictionary: ROUNDS= ONLY=
	.venv/bin/python -m tests.bench.peers $(ROUNDS:%=--rounds %) $(ONLY:%=--only %)

city: install-dev  ## a city's day and a flood evening against Telegram's limit, by a simulated clock
	.venv/bin/python -m tests.bench.city

screenshots: install-dev  ## make the pictures of the README anew
	.venv/bin/python -m tests.screenshots

nlu-report: install-dev  ## how well the trained model understands
	@$(BALAI) nlu report

nlu-tensorflow:  ## Rasa with the real TensorFlow in .venv-nlu-tf, to compare DIET
	@$(call bootstrap,nlu-tensorflow)

lock:  ## pin anew what pyproject.toml asks for (needs the network)
	$(call pin,app,bot/requirements.txt,--python-version 3.11)
	$(call pin,dev,bot/requirements-dev.txt,--python-version 3.11 -c bot/requirements.txt)
	$(call pin,installer,bot/requirements-installer.txt,--python-version 3.11)
	$(call pin,nlu,nlu/requirements.txt,--python-version 3.10 --overrides nlu/overrides.txt)
	$(call pin,nlu-tensorflow,nlu/requirements-tensorflow.txt,--python-version 3.10 \
		--overrides nlu/overrides-tensorflow.txt)

install:
	@$(call bootstrap,app nlu)

install-dev:
	@$(call bootstrap,dev nlu)

clean:  ## remove the environments and what tools leave behind; data in var/ stays
	rm -rf .venv .venv-nlu .venv-nlu-tf .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis .rasa build

UV = $(firstword $(wildcard .venv/bin/uv) uv)
pin = $(UV) pip compile --no-config --quiet --universal --generate-hashes --no-annotate \
	--no-header --upgrade --group pyproject.toml:$(1) $(3) -o $(2)
bootstrap = $(if $(PYTHON),,echo "Balai needs Python 3.11 or newer, and none is on PATH." >&2; \
	exit 1;) $(PYTHON) bot/bootstrap.py $(1)
