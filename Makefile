# Tertib. `make` prepares this machine and regenerates every document; `make help` lists the rest.
# For one office or file only: make sop ARGS=inputs/banyumas

SHELL := /bin/sh
.DEFAULT_GOAL := all
.NOTPARALLEL:
.SUFFIXES:

ARGS ?=
PYTHON ?=
APT ?= ya
export PYTHON APT

PY := .venv/bin/python
TERTIB := $(PY) -m pipeline
RUNTIME := .venv/.runtime-stamp
DEV := .venv/.dev-stamp
LOCK := $(PY) -m uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet --upgrade

.PHONY: all check sop recap book archive programs test browser checkers peers storage lint format bench gallery docs lock help clean

# One process for all four: with nothing changed, starting Python four times would cost more than all the rest.
all: programs $(RUNTIME) ## siapkan komputer ini, lalu periksa dan buat ulang semua dokumen
	@$(TERTIB) all $(ARGS)

check: $(RUNTIME) ## periksa masukan dan cetak temuan, misalnya ARGS="inputs/contoh --diff"
	@$(TERTIB) check $(ARGS)

sop: programs $(RUNTIME) ## buat DOCX dan PDF setiap SOP
	@$(TERTIB) build $(ARGS)

recap: programs $(RUNTIME) ## buat rekapitulasi dan laporan reses
	@$(TERTIB) recap $(ARGS)

book: programs $(RUNTIME) ## susun buku SOP setiap kantor
	@$(TERTIB) book $(ARGS)

archive: $(RUNTIME) ## arsipkan PDF yang sudah jadi
	@$(TERTIB) archive $(ARGS)

programs: ## pasang LibreOffice Writer dan huruf yang belum ada (apt)
	@ASK="$(filter programs,$(MAKECMDGOALS))" sh setup.sh programs

# The stamps sit inside .venv: whoever removes it has them made again.
$(RUNTIME): requirements.lock pyproject.toml setup.sh | programs
	@sh setup.sh venv requirements.lock
	@touch $@

# What requirements-dev.lock pins includes all of requirements.lock: one installation does for both.
$(DEV): requirements-dev.lock requirements.lock pyproject.toml setup.sh | programs
	@sh setup.sh venv requirements-dev.lock
	@touch $(RUNTIME) $@

test: programs $(DEV) ## siapkan dan jalankan seluruh uji
	@$(PY) -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal $(ARGS)

browser: ## pasang Chromium, bpmn-js, dan axe-core, untuk uji di dalam peramban
	@sh setup.sh browser

storage: $(DEV) ## jalankan penyimpanan S3 untuk mencoba arsip di sana; berhenti dengan Ctrl-C
	@$(PY) -m tests.archive.storage_server $(ARGS)

checkers: ## pasang Java dan SoftHSM, untuk uji dengan veraPDF dan kartu tanda tangan
	@sh setup.sh checkers

peers: ## pasang pembanding untuk `make bench`: docxtemplater, carbone, easy-template-x, unoserver
	@sh setup.sh peers

lint: $(DEV) ## periksa gaya, jenis data dan lapisan kode
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy --strict
	@.venv/bin/lint-imports

format: $(DEV) ## rapikan kode
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

bench: programs $(DEV) ## ukur kecepatan dan memori; hasilnya benchmarks/RESULTS.md (pembanding: make peers)
	@$(PY) benchmarks/run.py $(ARGS)

gallery: programs $(DEV) ## gambar setiap kasus uji untuk dilihat: outputs/galeri/index.html
	@$(PY) -m tests.gallery $(ARGS)

docs: $(DEV) ## perbarui terjemahan, skema contoh, dan halaman yang dibuat program
	@$(PY) -m pipeline.cli.texts
	@$(TERTIB) schema --output inputs/.skema --lang id kantor sop reses
	@$(PY) -m pipeline.cli.docs

lock: $(DEV) ## perbarui requirements.lock dan requirements-dev.lock
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

help: ## daftar ini
	@echo "make [perintah] [ARGS=...]"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-11s %s\n", $$1, $$2 }'

clean: ## hapus .venv dan berkas sementara; inputs/ dan outputs/ tidak disentuh
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
