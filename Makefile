# Everything that a person types. `make demo` runs the product, `make test` proves it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c

# Where the demonstration listens and what it writes.
DATA ?= data
INTAKE ?= 127.0.0.1:8080
TRIAGE ?= 127.0.0.1:8081

CARGO ?= cargo
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: help demo test build fmt lint doc bench clean

help:
	@echo 'make demo    build the product and run it on SQLite under ./$(DATA)'
	@echo 'make test    install what the tests need (Debian) and run them all'
	@echo 'make build   the programs as they ship, in $(TARGET)/release'
	@echo 'make fmt | lint | doc | bench | clean'

demo:
	$(CARGO) build --profile demo --locked -p intake -p triage -p guiando -p cleaner
	exec $(TARGET)/demo/guiando demo --data '$(DATA)' --intake '$(INTAKE)' --triage '$(TRIAGE)'

test:
	.ci/install
	.ci/test

# Intake and cleaner are built by themselves, so that nothing which only other programs need is in them.
build:
	$(CARGO) build --release --locked -p intake
	$(CARGO) build --release --locked -p cleaner
	$(CARGO) build --release --locked -p triage -p guiando

fmt:
	$(CARGO) fmt --all

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

doc:
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --workspace --no-deps --document-private-items --locked

bench: build
	.ci/with-postgres $(TARGET)/release/guiando bench

clean:
	$(CARGO) clean
