# Everything that CI runs is a target here; `make help` lists them.
GO ?= go
BIN := bin/luaction
LINT_VERSION := v2.15.0
EMMYLUA_VERSION := 0.25.1
# By its full path: on some machines only go itself is in the PATH.
GOFMT ?= $(shell $(GO) env GOROOT)/bin/gofmt
# A number of inputs, 10000x, takes the same on every machine; a time, 30s, is for a longer search.
FUZZTIME ?= 10000x

.PHONY: help
help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## build the server to bin/luaction
	CGO_ENABLED=0 $(GO) build -trimpath -o $(BIN) .

.PHONY: run
run: ## serve the bundled scripts
	$(GO) run . serve

.PHONY: test
test: ## run the tests
	$(GO) test ./...

.PHONY: race
race: ## run the tests with the race detector
	CGO_ENABLED=1 $(GO) test -race $(TESTFLAGS) ./...

.PHONY: format
format: ## list files that gofmt would change; fails if there are any
	@out=$$($(GOFMT) -l .) || exit 1; if [ -n "$$out" ]; then echo "not gofmt'ed:"; echo "$$out"; exit 1; fi

.PHONY: vet
vet: ## go vet
	$(GO) vet ./...

.PHONY: lint
lint: bin/golangci-lint ## run the linters, import rules included
	./bin/golangci-lint run --allow-parallel-runners

bin/golangci-lint:
	GOBIN=$(CURDIR)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

.PHONY: shape
shape: ## no .go file over 500 lines, generated ones aside
	@find . -name '*.go' ! -name '*.pb.go' -exec wc -l {} + | \
		awk '$$1 > 500 && $$2 != "total" {print "over 500 lines: " $$2 " (" $$1 ")"; bad = 1} END {exit bad}'

# Minimizing is cut short, or one lucky input takes a minute. The one failure let pass is go's own: it ends a timed search
# with "context deadline exceeded" now and then, and has found nothing.
.PHONY: fuzz
fuzz: ## run each fuzzer for FUZZTIME (10000x inputs, or a time such as 30s); FUZZ=Name for one
	@for pair in $$(grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' . | sed 's|/[^/]*:func |:|' | sort); do \
		dir=$${pair%:*}; target=$${pair#*:}; \
		case $$target in *$(FUZZ)*) ;; *) continue ;; esac; \
		if out=$$($(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 50x $$dir 2>&1); then \
			printf '%s\n' "$$out" | awk -v name=$$target '/execs:/ {execs = $$0} /^ok/ {print name "\t" $$0} \
				END {sub(/.*execs: /, "", execs); sub(/ .*/, "", execs); if (execs == "") {print name ": ran nothing"; exit 1}}' || exit 1; \
		elif printf '%s\n' "$$out" | grep -qE '^ +context deadline exceeded$$' && \
			! printf '%s\n' "$$out" | grep -qE 'Failing input|panic|fatal error|DATA RACE'; then \
			echo "$$target	ended by the clock"; \
		else \
			printf '== %s %s\n%s\n' "$$dir" "$$target" "$$out"; exit 1; \
		fi; \
	done

.PHONY: docs
docs: ## write docs/reference.md anew from the declarations, and docs/mistakes.md from the catalog of mistakes
	$(GO) test -count=1 ./internal/reference -update
	$(GO) test -count=1 -run TestPage ./internal/lesson -update

.PHONY: conformance
conformance: build ## replay the recorded cases against the built binary
	$(GO) run ./internal/replay/cmd --server ./$(BIN) testdata/conformance

.PHONY: conformance-record
conformance-record: ## ask the Python SDK anew what it answers, and write what differs; CHECK=1 only shows it, ONLY=part of a case's name, SDK=release, PYTHON=program
	$(GO) run ./internal/replay/record $(if $(CHECK),-check) $(if $(ONLY),-only $(ONLY)) $(if $(SDK),-sdk $(SDK)) $(if $(PYTHON),-python $(PYTHON))

.PHONY: test-rasa
test-rasa: build ## a dialog through real Rasa 3.6, with the Python SDK and with luaction behind; needs Python 3.10 and 2.5 GB; PYTHON=program, SHOW=1
	$(GO) run ./internal/replay/rasa --server ./$(BIN) $(if $(SHOW),-show) $(if $(PYTHON),-python $(PYTHON))

.PHONY: hostile
hostile: build ## attack the built server in every way (3 minutes)
	$(GO) run ./internal/hostile/cmd --server ./$(BIN) testdata/hostile/scripts

.PHONY: test-lua51
test-lua51: ## random programs against Debian's lua5.1, which it installs where it can
	@command -v lua5.1 >/dev/null || apt-get install -y lua5.1 || (apt-get update && apt-get install -y lua5.1)
	LUACTION_ROUNDS=2000 $(GO) test -count=1 -run Differential -v ./engine/interp/suite

.PHONY: test-services
test-services: ## sql and kv against PostgreSQL, MariaDB and Redis, which it installs where it can and starts on loopback
	.ci/services $(GO) test -count=1 ./database/... ./keyvalue/... ./luaapi/sql ./luaapi/kv

# A debug build: it takes a third of the time to compile, and checks our few scripts in a second.
.PHONY: test-stubs
test-stubs: ## the definitions for editors against a real checker, emmylua_check, which it installs where there is cargo (2 minutes, once)
	@if [ ! -x bin/emmylua/bin/emmylua_check ]; then \
		command -v cargo >/dev/null || { echo "there is no cargo to install emmylua_check: the definitions are only parsed, by the tests"; exit 0; }; \
		cargo install --quiet --locked --debug --root bin/emmylua --target-dir bin/emmylua/target emmylua_check@$(EMMYLUA_VERSION) && rm -rf bin/emmylua/target; \
	fi && LUACTION_EMMYLUA=$(CURDIR)/bin/emmylua/bin/emmylua_check $(GO) test -count=1 -run Checker -v ./internal/stubs

.PHONY: test-go-host
test-go-host: ## the example that hands Go values to scripts, which is a module of its own: vet and tests
	cd examples/go-host && $(GO) vet ./... && CGO_ENABLED=1 $(GO) test -race ./...

.PHONY: bench
bench: build ## CPU per request beside a floor, Go by hand and the Python SDK, interleaved; BENCH="-only book/2k -rounds 15", -connections close, …
	$(GO) run ./internal/bench $(BENCH)

.PHONY: profile
profile: ## renew default.pgo, the profile that go build compiles the server with; when the hot path has changed much
	$(GO) run ./internal/bench -servers luaction -only noop/2k,book,loop,deep -rounds 6 -profile default.pgo

.PHONY: bench-many
bench-many: build ## 1,000 calls at once that wait, idle memory, start to first answer
	$(GO) run ./internal/bench -many -rounds 5 $(BENCH)

.PHONY: bench-guard
bench-guard: ## what a call allocates, against testdata/bench/limits.txt; part of the tests
	$(GO) test -count=1 -run TestCallCosts -v ./engine

.PHONY: bench-go
bench-go: ## every Go benchmark, with allocations
	$(GO) test -run '^$$' -bench . -benchmem ./...

.PHONY: image
image: ## build the container image
	docker build -t luaction .
