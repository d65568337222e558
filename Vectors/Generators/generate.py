#!/usr/bin/env python3
"""Write every vector file and the manifest; or, with --check, only compare.

    python3 Vectors/Generators/generate.py            writes Vectors/v1/** and Vectors/MANIFEST.json
    python3 Vectors/Generators/generate.py --check    regenerates in memory; exit 1, naming each file that differs
"""

import argparse
import hashlib
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import companion_schemas  # noqa: E402
import documents  # noqa: E402
import vectors_companions  # noqa: E402
import vectors_group_parameters  # noqa: E402
import vectors_hash_work  # noqa: E402
import vectors_merkle  # noqa: E402
import vectors_pow  # noqa: E402
import vectors_retarget  # noqa: E402
import vectors_ring_paper  # noqa: E402
import vectors_ring_proof  # noqa: E402
import vectors_sha256  # noqa: E402
import vectors_token  # noqa: E402

VECTORS = pathlib.Path(__file__).resolve().parent.parent
MODULES = [vectors_sha256, vectors_pow, vectors_retarget, vectors_merkle, vectors_ring_paper, vectors_ring_proof,
           vectors_companions, vectors_token, vectors_hash_work, vectors_group_parameters]
MANIFEST = "MANIFEST.json"

# Who agrees with every file. Add an implementation here when it passes all of them.
IMPLEMENTATIONS = ["python: Vectors/Generators 1.0.0", "swift ringwork 0.1.0"]


def regenerate():
    """All files as text, by path relative to Vectors/, the manifest last."""
    files = sorted((file for module in MODULES for file in module.build()), key=lambda file: file.path)
    texts, entries = {}, []
    for file in files:
        texts[file.path] = file.text()
        entries.append({
            "path": file.path,
            "sha256": hashlib.sha256(texts[file.path].encode("ascii")).hexdigest(),
            "numberOfTests": len(file.all_tests()),
            "vectorVersion": file.version,
            "generator": file.generator,
            "checkedBy": IMPLEMENTATIONS + file.checked_by,
        })
    texts.update((path, documents.to_text(schema)) for path, schema in companion_schemas.schemas().items())
    texts[MANIFEST] = documents.to_text({"schema": "ringwork/vector-manifest/1", "files": entries})
    return texts, files


def differences(texts):
    """The paths that are missing, changed, or there without being generated."""
    found = []
    for path, text in texts.items():
        target = VECTORS / path
        if not target.is_file() or target.read_bytes() != text.encode("ascii"):
            found.append(path)
    on_disk = {str(path.relative_to(VECTORS).as_posix()) for path in (VECTORS / "v1").rglob("*.json")}
    return found + sorted(on_disk - set(texts))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the files on disk instead of writing them")
    arguments = parser.parse_args()
    texts, files = regenerate()
    if arguments.check:
        wrong = differences(texts)
        for path in wrong:
            print(f"differs: {path}", file=sys.stderr)
        return 1 if wrong else 0
    for path, text in texts.items():
        target = VECTORS / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("ascii"))
    for file in files:
        print(f"{file.count('valid'):5} valid {file.count('invalid'):5} invalid  {file.path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
