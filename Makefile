# Everything that CI runs is a target here; `make help` lists them.
GO ?= go
BIN := bin/luaction
LINT_VERSION := v2.15.0
FUZZTIME ?= 10s

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
	$(GO) test -race ./...

.PHONY: format
format: ## list files that gofmt would change; fails if there are any
	@out=$$(gofmt -l .); if [ -n "$$out" ]; then echo "not gofmt'ed:"; echo "$$out"; exit 1; fi

.PHONY: vet
vet: ## go vet
	$(GO) vet ./...

.PHONY: lint
lint: bin/golangci-lint ## run the linters, import rules included
	./bin/golangci-lint run

bin/golangci-lint:
	GOBIN=$(CURDIR)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

.PHONY: shape
shape: ## no file over 500 lines
	@out=$$(git ls-files -co --exclude-standard '*.go' | xargs wc -l | awk '$$1 > 500 && $$2 != "total"'); \
	if [ -n "$$out" ]; then echo "over 500 lines:"; echo "$$out"; exit 1; fi

.PHONY: fuzz
fuzz: ## run each fuzzer for FUZZTIME (10s)
	@set -e; for dir in $$($(GO) list -f '{{.Dir}}' ./...); do \
		for target in $$(grep -ho '^func Fuzz[A-Za-z0-9_]*' $$dir/*_test.go 2>/dev/null | sed 's/^func //'); do \
			echo "== $$target ($$dir)"; (cd $$dir && $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) .); \
		done; done

.PHONY: conformance
conformance: build ## replay the recorded cases against the built binary
	$(GO) run ./internal/replay/cmd --server ./$(BIN) testdata/conformance

.PHONY: bench
bench: ## Go benchmarks with allocations
	$(GO) test -run '^$$' -bench . -benchmem ./...

.PHONY: bench-http
bench-http: ## CPU per request against an endpoint that does nothing, same bodies, interleaved
	$(GO) run ./internal/bench

.PHONY: image
image: ## build the container image
	docker build -t luaction .
