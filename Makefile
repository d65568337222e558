# Ringwork: what can be made. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help deps build demo test lint vectors vectors-foreign leaks ub fuzz fuzz-smoke fuzz-seeds ctime bench bench-quick bench-publish clean

IMPORT_CHECK := --explicit-target-dependency-import-check error
RINGWORK := .build/release/ringwork

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install libgmp, libcrypto and pkg-config where they are missing (Debian, Ubuntu)
	@.ci/install-dependencies

build: deps ## build everything, optimized
	swift build -c release

demo: deps ## build the tool and run the end-to-end story
	swift build -c release --product ringwork
	$(RINGWORK) demo

test: deps ## all tests, debug and release; the last line is the count
	swift build --build-tests $(IMPORT_CHECK)
	@.ci/run-tests

lint: deps ## formatting, warnings, module arrows, paths, vector generators
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks/{Package.swift,Sources,Tests}
	clang -std=c17 -Wall -Wextra -Werror -fsyntax-only -ISources/CKernels/include Sources/CKernels/*.c
	clang -std=c17 -Wall -Wextra -Werror -fsyntax-only -IBenchmarks/Sources/CPeers/include Benchmarks/Sources/CPeers/*.c
	swift build --build-tests $(IMPORT_CHECK)
	.ci/check-imports
	.ci/check-paths
	.ci/check-vectors

vectors: deps ## check every vector in Vectors/
	swift build -c release --product ringwork
	$(RINGWORK) vectors verify

FOREIGN := .build/foreign
vectors-foreign: deps ## fetch NIST's and the RFCs' vectors, convert and check them (downloads; minutes)
	swift build -c release --product ringwork
	python3 Vectors/Generators/foreign.py $(FOREIGN)
	$(RINGWORK) vectors verify $(FOREIGN)/v1

leaks: deps ## the tests under AddressSanitizer and LeakSanitizer
	@resources=$$(swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p'); \
	  ls "$$resources"/clang/lib/*/*asan* >/dev/null 2>&1 \
	  || { echo "make leaks: this toolchain has no AddressSanitizer runtime" >&2; exit 1; }
	LSAN_OPTIONS=suppressions=$(CURDIR)/.ci/leaks-not-ours:print_suppressions=0 \
	  swift test --sanitize=address --disable-xctest --scratch-path .build/asan

ub: deps ## the tests with the C kernels trapping on undefined behaviour
	swift test --disable-xctest --scratch-path .build/ub -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined

FUZZ := swift build --package-path Tests/Fuzz -c release --sanitize=fuzzer

fuzz: deps ## feed every decoder to libFuzzer, RUNS=1000000 executions each: about 25 minutes on two cores
	$(FUZZ)
	RUNS=$(or $(RUNS),1000000) Tests/Fuzz/run $(TARGETS)

fuzz-smoke: deps ## the same with 20,000 executions each: half a minute
	$(FUZZ)
	RUNS=20000 Tests/Fuzz/run $(TARGETS)

fuzz-seeds: deps ## make the committed seed corpus again
	$(FUZZ)
	RINGWORK_FUZZ_SEEDS=Tests/Fuzz/Corpus "$$($(FUZZ) --show-bin-path)/Fuzz"

ctime: deps ## every operation on secrets under valgrind: 15 seconds after the build
	swift build --package-path Tests/ConstantTime -c release -debug-info-format none \
	  -Xswiftc -DCONSTANT_TIME_CHECK
	Tests/ConstantTime/run

BENCH_BUILD := swift build --package-path Benchmarks -c release --product ringwork-bench
BENCH := Benchmarks/.build/release/ringwork-bench

bench: deps ## measure everything beside its peers, with plots in bench-plots/: OUT=bench-full.json, SUITES=, FLAGS=
	$(BENCH_BUILD)
	$(BENCH) run $(SUITES) --output $(or $(OUT),bench-full.json) --plot $(or $(PLOTS),bench-plots) $(FLAGS)

bench-quick: deps ## the same in under a minute after the build, less exactly: OUT=bench-quick.json, SUITES=, FLAGS=
	$(BENCH_BUILD)
	$(BENCH) run $(SUITES) --quick --output $(or $(OUT),bench-quick.json) $(FLAGS)

bench-publish: deps ## a full run into Benchmarks/results/MACHINE: report, tables and plots, to be committed
	@[[ "$(MACHINE)" =~ ^[a-z0-9-]+$$ ]] || { echo "make bench-publish MACHINE=<lower-case-name>" >&2; exit 1; }
	$(BENCH_BUILD)
	mkdir -p Benchmarks/results/$(MACHINE)
	$(BENCH) run --output Benchmarks/results/$(MACHINE)/report.json $(FLAGS)
	$(BENCH) show Benchmarks/results/$(MACHINE)/report.json --publish Benchmarks/results/$(MACHINE)

clean: ## remove what was built
	rm -rf .build Tests/Fuzz/.build Tests/ConstantTime/.build Benchmarks/.build
