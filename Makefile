# Chores of this repository. `make` lists them. What CI runs is `make test`; see CONTRIBUTING.md.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
include .ci/versions

# The parts of `make test`, in order: what is quick to fail comes first.
CHECKS := fmt shell house clippy docs deny npm-audit msrv generated
# The comparison joins when the program can render.
PARTS := $(CHECKS) rust-tests core-package ajv backstage-static package examples playground-test backstage-tests guide portal schemathesis chaos replicas inventory fuzz $(if $(wildcard crates/berth-cli/src/commands/render.rs),bench-smoke)

BERTH := $(or $(CARGO_TARGET_DIR),target)/release/berth
BENCH_PACKAGES := tests/bench/node_modules/.package-lock.json
AJV_PACKAGES := tests/ajv/node_modules/.package-lock.json
CORE_PACKAGES := pkg/node_modules/.package-lock.json
PACKAGE_PACKAGES := tests/package/node_modules/.package-lock.json
NODE_PACKAGES := examples/node/node_modules/.package-lock.json
PLAYGROUND_PACKAGES := examples/browser/node_modules/.package-lock.json
GUIDE_PACKAGES := tests/guide/node_modules/.package-lock.json
BACKSTAGE_PACKAGES := backstage-plugin/node_modules/.package-lock.json
# How often `make chaos` kills the backend.
KILLS ?= 10
# What `make load` runs on: sqlite, postgres or both. SOAK=100000 asks for so many namespaces and watches the memory; PROFILE=1 says where
# the time goes.
DATABASE ?= sqlite,postgres
BACKSTAGE := npm --prefix backstage-plugin run --silent
CORE := pkg/dist/esm/index.js
CHROMIUM := $(or $(CHROMIUM_BIN),$(firstword $(wildcard /usr/bin/chromium /usr/bin/google-chrome)),/usr/bin/chromium)

.PHONY: help demo demo-cli test check bench embed deploy schemas types load berth wasm playground playground-image bench-smoke $(PARTS)

help: ## This list
	@grep -hE '^([a-z-]+:.*## |##@ )' $(MAKEFILE_LIST) | sed -E 's/^##@ (.*)/\n\1:/; s/^([a-z-]+):.*## /  \1\t/' | expand -t 16

##@ What people run

demo: ## Backstage's backend with Berth and its engine, on http://localhost:3000 (installs and builds what is missing; Ctrl-C ends it)
	@node scripts/demo.mjs

demo-cli: ## A real request becomes a namespace, in this terminal (builds first)
	cargo run --release -p berth-cli -- demo

playground: $(CORE) $(PLAYGROUND_PACKAGES) ## A live form and an editor for policies, in the browser (builds first)
	cd examples/browser
	node build.mjs
	exec node serve.mjs

test: ## Everything that CI checks, part by part, with the time of each
	@.ci/parts $(PARTS)

check: ## The half of `make test` that runs no tests: format, lints, docs, licences, MSRV
	@.ci/parts $(CHECKS)

load: berth $(CORE) $(BACKSTAGE_PACKAGES) ## How many requests the backend takes (close what else is running)
	cd backstage-plugin && BERTH_BIN="$(abspath $(BERTH))" npm exec --no -- node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON tests/load/load.mjs --databases $(DATABASE) $(if $(SOAK),--soak $(SOAK)) $(if $(PROFILE),--profile)

bench: berth $(CORE) $(BENCH_PACKAGES) ## Benchmarks: criterion, then the comparison with Node programs (close what else is running)
	cargo bench --locked --package berth-core --bench '*'
	node tests/bench/bench.mjs --berth $(BERTH)
	node tests/bench/in-process.mjs

embed: ## Write the default documents anew into the core, from platform.yaml and blueprints/
	cargo xtask embed

deploy: ## Write deploy/provisioning/generated/ anew from platform.yaml and blueprints/
	cargo xtask deploy

schemas: ## Write schemas/ anew from the models
	cargo xtask schemas

playground-image: $(CORE) $(PLAYGROUND_PACKAGES) ## Make the README's picture of the playground anew
	npm --prefix examples/browser run build
	CHROMIUM_BIN="$(CHROMIUM)" node examples/browser/test/image.mjs docs/images/playground.png

types: $(CORE_PACKAGES) ## Write the TypeScript types of the npm package anew from schemas/
	npm --prefix pkg run types

wasm: ## The npm package @berth/core in pkg/dist, with the core as WebAssembly
	cargo xtask wasm

berth: ## The program itself, target/release/berth
	cargo build --release --locked --package berth-cli

##@ The parts of `make test`

fmt: ## Formatting (`cargo fmt --all` mends it)
	cargo fmt --all --check
	cargo fmt --manifest-path fuzz/Cargo.toml --check

shell: ## Shell scripts, by shellcheck
	@command -v shellcheck > /dev/null || exec .ci/not-run "shellcheck is not installed"
	git grep --untracked -lE '^#!.*\b(ba)?sh$$' | xargs --verbose shellcheck --external-sources

house: ## House rules that no other linter knows (`cargo xtask check`)
	cargo xtask check

clippy: ## Lints, warnings are errors: with all features, and what the browser gets without any
	cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
	cargo clippy --locked --package berth-core --no-default-features -- -D warnings
	cargo clippy --locked --package berth-wasm --no-default-features -- -D warnings

docs: ## API documentation, warnings are errors
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --all-features --no-deps

deny: ## Licences, sources and bans of the dependencies; known vulnerabilities when their list can be had
	@cargo deny --version > /dev/null 2>&1 ||
	  exec .ci/not-run "cargo-deny is not installed: cargo install --locked cargo-deny@$(CARGO_DENY_VERSION)"
	cargo deny --locked check --hide-inclusion-graph bans licenses sources
	.ci/advisories

npm-audit: ## Known vulnerabilities of the npm packages that reach users, when the registry says
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	.ci/npm-advisories

msrv: ## The oldest Rust that must do
	@if rustup run $(MSRV) cargo --version > /dev/null 2>&1; then
	  echo "cargo +$(MSRV) check:"
	  cargo +$(MSRV) check --locked --workspace --all-features --target-dir $(or $(CARGO_TARGET_DIR),target)/msrv
	else
	  echo "Rust $(MSRV) is not installed (rustup toolchain install $(MSRV) --profile minimal):"
	  echo "clippy's incompatible_msrv lint, in the part clippy, stands in for it"
	fi

generated: ## What is generated is what its originals say (`make embed deploy schemas types` writes it)
	cargo xtask embed --check
	cargo xtask deploy --check
	cargo xtask schemas --check
	command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory $(CORE_PACKAGES)
	npm --prefix pkg run types -- --check

rust-tests: ## All Rust tests; those against a cluster need a kubeconfig (tests/cluster/README.md)
	@kubeconfig=$$(.ci/kubeconfig)
	if [ -n "$$kubeconfig" ]; then export BERTH_TEST_KUBECONFIG="$$kubeconfig"; else unset BERTH_TEST_KUBECONFIG; fi
	set -x
	cargo test --locked --workspace --all-features

core-package: ## The npm package @berth/core: builds it and runs its tests
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	cargo xtask wasm
	npm --prefix pkg test

package: ## The packed @berth/core in Node, jest, TypeScript, bundlers and Chromium, and the corpus through it
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	[ -x "$(CHROMIUM)" ] || exec .ci/not-run "Chromium is not at $(CHROMIUM) (CHROMIUM_BIN says where it is)"
	[ -e backstage-plugin/node_modules/.bin/backstage-cli ] ||
	  .ci/not-run --optional "backstage-cli with @berth/core: the packages of backstage-plugin/ are not installed"
	$(MAKE) --no-print-directory $(CORE) berth $(PACKAGE_PACKAGES)
	BERTH_BIN="$(abspath $(BERTH))" CHROMIUM_BIN="$(CHROMIUM)" node --test --test-reporter=spec tests/package/*.test.mjs

examples: berth ## The examples in Node, against the sandbox
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory $(CORE) $(NODE_PACKAGES)
	BERTH_BIN="$(abspath $(BERTH))" npm --prefix examples/node test

playground-test: ## The playground in Chromium: mistakes, options, cost, links, the keyboard, and axe-core
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory $(CORE) $(PLAYGROUND_PACKAGES)
	npm --prefix examples/browser run check
	npm --prefix examples/browser run build
	[ -x "$(CHROMIUM)" ] || exec .ci/not-run "Chromium is not at $(CHROMIUM) (CHROMIUM_BIN says where it is)"
	CHROMIUM_BIN="$(CHROMIUM)" npm --prefix examples/browser test

ajv: ## ajv, with the schemas, gives the verdicts of `decide` on generated requests
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory $(AJV_PACKAGES)
	cargo run --locked --package berth-testing --example schema_requests | node tests/ajv/compare.mjs

fuzz: ## A short run of each fuzz target, with the default documents as seeds
	@cargo fuzz --version > /dev/null 2>&1 ||
	  exec .ci/not-run "cargo-fuzz is not installed: cargo install --locked cargo-fuzz@$(CARGO_FUZZ_VERSION)"
	rustup run nightly cargo --version > /dev/null 2>&1 ||
	  exec .ci/not-run "a nightly Rust is not installed: rustup toolchain install nightly --profile minimal"
	for target in $$(cargo fuzz list); do
	  echo "cargo +nightly fuzz run $$target, $(FUZZ_SECONDS) s"
	  mkdir -p "fuzz/corpus/$$target"
	  cargo +nightly fuzz run "$$target" "fuzz/corpus/$$target" $(wildcard blueprints tests/corpus) -- \
	    -seed=1 -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=1024 -verbosity=0 -print_funcs=0 -print_final_stats=1
	done

backstage-static: ## Backstage's plugins: types as generated, TypeScript and lint
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory $(CORE) $(BACKSTAGE_PACKAGES)
	$(BACKSTAGE) generate -- --check
	$(BACKSTAGE) tsc
	$(BACKSTAGE) lint

backstage-tests: ## All tests of Backstage's plugins, on SQLite and on PostgreSQL, against the embedded engine
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory berth $(CORE) $(BACKSTAGE_PACKAGES)
	BERTH_BIN="$(abspath $(BERTH))" $(BACKSTAGE) test

guide: ## The guide's client against the demo: a request, and looks until it is completed
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory berth $(CORE) $(BACKSTAGE_PACKAGES) $(GUIDE_PACKAGES)
	BERTH_BIN="$(abspath $(BERTH))" node scripts/with-demo.mjs node tests/guide/client.mjs

portal: ## The portal in Chromium, as the demo's people use it: the form, a request's way, templates, axe-core
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	node --test --test-reporter=spec scripts/demo/*.test.mjs
	test -x "$(CHROMIUM)" || exec .ci/not-run "there is no Chromium: install it, or name one in CHROMIUM_BIN"
	$(MAKE) --no-print-directory berth $(CORE) $(BACKSTAGE_PACKAGES)
	BERTH_BIN="$(abspath $(BERTH))" CHROMIUM_BIN="$(CHROMIUM)" node scripts/with-demo.mjs --portal \
	  node --test --test-concurrency=1 --test-timeout=300000 backstage-plugin/tests/e2e/*.test.mjs

schemathesis: ## Generated calls of every path of the HTTP API against the demo: no 5xx, and only answers that are described
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	python3 -c 'import ensurepip' 2> /dev/null || exec .ci/not-run "python3-venv is not installed"
	$(MAKE) --no-print-directory berth $(CORE) $(BACKSTAGE_PACKAGES)
	BERTH_BIN="$(abspath $(BERTH))" tests/schemathesis/run

chaos: ## The backend is killed at random points under load, while Argo misbehaves: nothing lost, nothing doubled
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory berth $(CORE) $(BACKSTAGE_PACKAGES)
	cd backstage-plugin
	export BERTH_BIN="$(abspath $(BERTH))"
	npm exec --no -- node tests/chaos/chaos.mjs --kills $(KILLS)
	npm exec --no -- node tests/chaos/lastInstant.mjs

replicas: ## Two backends on one PostgreSQL: signals reach the browsers of the other, and one goes on when the other is killed
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory berth $(CORE) $(BACKSTAGE_PACKAGES)
	cd backstage-plugin && BERTH_BIN="$(abspath $(BERTH))" npm exec --no -- node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON tests/replicas/replicas.mjs

inventory: ## What stands on a real cluster, as the backend reads it: drift, usage, adoption, deleted by hand (tests/cluster/README.md)
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	kubeconfig=$$(.ci/kubeconfig)
	[ -n "$$kubeconfig" ] || exec .ci/not-run "what the backend reads of a cluster: there is no cluster"
	$(MAKE) --no-print-directory berth $(CORE) $(BACKSTAGE_PACKAGES)
	cd backstage-plugin
	export BERTH_BIN="$(abspath $(BERTH))" BERTH_TEST_KUBECONFIG="$$kubeconfig"
	npm exec --no -- node tests/inventory/inventory.mjs

bench-smoke: berth ## The comparison with Node on a few files: it runs, and both sides find the same requests valid
	@command -v npm > /dev/null || exec .ci/not-run "Node with npm is not installed"
	$(MAKE) --no-print-directory $(CORE) $(BENCH_PACKAGES)
	node tests/bench/bench.mjs --berth $(BERTH) --files 300 --runs 1 --stream 2000 --no-compare-workflows
	node tests/bench/in-process.mjs --requests 100 --rounds 1 --starts 1 --agree 10000

# Files, made when they are missing or older than what they come from.

$(CORE): platform.yaml Cargo.toml Cargo.lock pkg/package.json $(shell find blueprints crates/berth-core/src crates/berth-emit/src crates/berth-wasm crates/xtask/src/wasm pkg/scripts pkg/src -type f -not -path '*/embedded/*')
	cargo xtask wasm

$(CORE_PACKAGES): pkg/package-lock.json
	npm ci --prefix pkg --ignore-scripts --no-audit --no-fund
	touch $@

$(NODE_PACKAGES) $(PLAYGROUND_PACKAGES): examples/%/node_modules/.package-lock.json: examples/%/package-lock.json
	npm ci --prefix examples/$* --ignore-scripts --no-audit --no-fund
	touch $@

$(BENCH_PACKAGES) $(AJV_PACKAGES) $(PACKAGE_PACKAGES) $(GUIDE_PACKAGES): tests/%/node_modules/.package-lock.json: tests/%/package-lock.json
	npm ci --prefix tests/$* --ignore-scripts --no-audit --no-fund
	touch $@

# The SQLite driver is built for the Node that comes with the packages.
$(BACKSTAGE_PACKAGES): backstage-plugin/package-lock.json
	npm ci --prefix backstage-plugin --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BACKSTAGE) rebuild-sqlite
	touch $@
