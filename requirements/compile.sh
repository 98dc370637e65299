#!/bin/sh
# Resolves pyproject.toml anew into the three hashed files. Needs uv; run it only to move versions.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
compile --output-file requirements/run.txt
compile --group dev --output-file requirements/dev.txt
uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
    --group pyproject.toml:build --output-file requirements/build.txt
