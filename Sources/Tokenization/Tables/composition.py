#!/usr/bin/env python3
"""Writes Sources/Tokenization/Tables/CompositionTable.swift: the primary composites of Unicode 14.0, without Hangul.

Usage: python3 Sources/Tokenization/Tables/composition.py > Sources/Tokenization/Tables/CompositionTable.swift
Needs Python 3.11, whose unicodedata follows Unicode 14.0. Foundation's own composition (Swift 6.3, Linux) is wrong
for some sequences: U+0CC6 U+0CC2 U+0CD5 stays two scalars, U+1106 U+1176 becomes U+BC14.
"""
import sys
import unicodedata as u

if u.unidata_version != "14.0.0":
    sys.exit("this Python follows Unicode " + u.unidata_version + ", and the table is pinned to 14.0.0")

triples = []
for code in range(0x110000):
    parts = u.decomposition(chr(code)).split()
    if len(parts) == 2 and parts[0][0] != "<" and u.normalize("NFC", chr(code)) == chr(code):
        triples.append((int(parts[0], 16), int(parts[1], 16), code))
triples.sort()

print(f'''// Made by Sources/Tokenization/Tables/composition.py. Do not edit.

/// The {len(triples)} primary composites of Unicode 14.0 (UAX #15), without the Hangul syllables, which are computed.
enum CompositionTable {{
    /// Ascending: a starter, what follows it, and the scalar that the two become.
    static let pairs: [(first: UInt32, second: UInt32, composite: UInt32)] = [''')
for first, second, composite in triples:
    print(f"        (0x{first:x}, 0x{second:x}, 0x{composite:x}),")
print("    ]\n}")
