.DEFAULT_GOAL := help
.PHONY: help check test lint types imports wheel format bench bench-retrieval rates evaluation vectors

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

check: test lint types imports wheel ## Everything that has to be green before a change lands

test: ## All tests, the slow ones too
	pytest
	pytest -m slow

lint: ## Ruff: rules and format
	ruff check .
	ruff format --check .

types: ## mypy, strict
	mypy

imports: ## The layers of the package, by contract
	lint-imports

wheel: ## Build the wheel, install it into an empty environment, ask a question from elsewhere
	bash .ci/wheel

format: ## Put the code in its format
	ruff check --fix .
	ruff format .

bench: ## Time what a user waits for against its budgets; write scale, start-up and streaming into docs/benchmarks.md
	python -m tests.bench
	python -m tests.bench_app
	python -m tests.bench_import
	python -m tests.bench_report $(or $(SIZES),1000 10000 100000) $(if $(PEERS),--peers $(PEERS))

bench-retrieval: ## Measure retrieval beside its peers on FOLDERS, collections in BEIR's layout (needs the extra bench)
	python -m tests.bench_retrieval $(FOLDERS) --peers

rates: ## Print how many faults the figure checks catch, by kind
	python -m tests.mutation.rates

evaluation: ## Ask the known questions, and write docs/evaluation.md anew
	aidx eval --before evaluation/results/extractive.json > evaluation/results/extractive.md
	aidx eval --json > evaluation/results/extractive.json
	cat evaluation/about.md evaluation/results/extractive.md > docs/evaluation.md

vectors: ## Make the vectors and the classifier that ship with the corpus, after a change to it or to known questions
	python -m tests.corpus_vectors
