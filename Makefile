# Two commands for everybody: `make demo` and `make test`. The rest is for those who change the code.
UV_VERSION := 0.13.9
PYTHON     ?= python3
RUN        := .venv/bin

export UV_PYTHON_DOWNLOADS := never

.PHONY: demo test check format accuracy bench environment train clean

demo: .venv/ready  ## The whole story on sample mail, in seconds.
	@$(RUN)/mailproc demo

test: .venv/ready  ## Every test; installs the mail and database servers that the tests start (Debian).
	@.ci/servers
	@$(RUN)/pytest -n auto

check: .venv/ready  ## Format, lint, types, import contracts.
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports

format: .venv/ready  ## Put the code in its format and mend what can be mended.
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

accuracy: .venv/ready  ## How well mail is read, measured on the collections in ../shared/mails.
	@$(RUN)/python bench/reading_accuracy.py
	@$(RUN)/python bench/support_accuracy.py
	@$(RUN)/python bench/support_accuracy.py tests/mails/fresh
	@$(RUN)/python bench/support_accuracy.py tests/mails/strangers
	@$(RUN)/python bench/support_accuracy.py tests/mails/everyday
	@$(RUN)/python bench/support_accuracy.py tests/mails/unread
	@[ ! -d ../shared/mails/support ] || $(RUN)/python bench/support_accuracy.py ../shared/mails/support

bench: .venv/ready  ## What each mail costs, in ratios to a calibration of the same run.
	@$(RUN)/python bench/speed.py

train: .venv/ready  ## Train the models of sentences and of whole mails anew, with their cross-validation.
	@.ci/environment $(PYTHON) $(UV_VERSION) --group training
	@$(RUN)/python -m bench.train_sentences
	@$(RUN)/python -m bench.train_triage

environment: .venv/ready

.venv/ready: uv.lock pyproject.toml .ci/environment
	@.ci/environment $(PYTHON) $(UV_VERSION)
	@touch $@

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
