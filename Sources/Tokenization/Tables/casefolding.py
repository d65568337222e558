#!/usr/bin/env python3
"""Writes Sources/Tokenization/Tables/CaseFoldingTable.swift: full case folding (statuses C and F) of Unicode 14.0.

Usage: python3 Sources/Tokenization/Tables/casefolding.py > Sources/Tokenization/Tables/CaseFoldingTable.swift
Needs Python 3.11, whose str.casefold() and unicodedata follow Unicode 14.0.
"""
import sys
import unicodedata

if unicodedata.unidata_version != "14.0.0":
    sys.exit("this Python follows Unicode " + unicodedata.unidata_version + ", and the table is pinned to 14.0.0")

runs, expansions = [], []
for code in range(0x110000):
    if 0xD800 <= code < 0xE000:
        continue
    folded = [ord(c) for c in chr(code).casefold()]
    if folded == [code]:
        continue
    if len(folded) > 1:
        expansions.append((code, folded))
        continue
    delta = folded[0] - code
    if runs:
        run = runs[-1]
        step = code - run[1]
        if run[3] == delta and step in (1, 2) and run[2] in (0, step):
            run[1], run[2] = code, step
            continue
    runs.append([code, code, 0, delta])

print(f'''// Made by Sources/Tokenization/Tables/casefolding.py. Do not edit.

/// Full case folding, statuses C and F of Unicode 14.0's `CaseFolding.txt`: {sum(1 + (r[1] - r[0]) // max(r[2], 1) for r in runs)} scalars that fold to one, and
/// {len(expansions)} that fold to two or three.
enum CaseFoldingTable {{
    /// Ascending, disjoint: first scalar, last scalar, step, and what to add to each.
    static let runs: [(first: UInt32, last: UInt32, step: UInt32, delta: Int32)] = [''')
for first, last, step, delta in runs:
    print(f"        (0x{first:x}, 0x{last:x}, {max(step, 1)}, {delta}),")
print('''    ]

    /// Ascending: one scalar, and the scalars that it becomes.
    static let expansions: [(scalar: UInt32, folded: [UInt32])] = [''')
for code, folded in expansions:
    print(f"        (0x{code:x}, [{', '.join(f'0x{c:x}' for c in folded)}]),")
print("    ]\n}")
