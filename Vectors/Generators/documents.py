"""The shape of a vector file: building it, counting it, writing it.

One file holds groups of tests of one type and one parameter set (the shape is Wycheproof's).
The root keys, and their order, are fixed. This module also enforces the two house rules:
invalid tests outnumber valid ones, and every flag used is explained in the file's notes.
"""

import json

FORMAT_VERSION = 1
VECTOR_VERSION = "1.0.0"
SOURCE_VERSION = "1.0.0"

ROOT_KEYS = [
    "formatVersion", "vectorVersion", "algorithm", "schema", "profile",
    "numberOfTests", "header", "notes", "testGroups",
]


def number(value):
    """A number as minimal lower-case hexadecimal: no prefix, no sign, zero is "0"."""
    if value < 0:
        raise ValueError("vectors hold no negative numbers")
    return format(value, "x")


class Group:
    """A test group: shared parameters and the tests that use them."""

    def __init__(self, file, kind, parameters, source):
        self._file = file
        self.head = {"type": kind, "source": {"name": source, "version": SOURCE_VERSION}}
        self.head.update(parameters)
        self.tests = []
        self._reasons = {}

    def add(self, comment, flags, inputs, reason=None):
        """Append one test. A reason makes it an invalid one. Inputs that are there already are left out."""
        key = json.dumps(inputs, sort_keys=True)
        if key in self._reasons:
            if self._reasons[key] != reason:
                raise ValueError(f"two verdicts on the same inputs: {comment}")
            return
        self._reasons[key] = reason
        test = {"tcId": self._file.next_id(), "comment": comment, "flags": list(flags)}
        test.update(inputs)
        test["result"] = "valid" if reason is None else "invalid"
        test["reason"] = reason
        self.tests.append(test)

    def document(self):
        return {**self.head, "tests": self.tests}


class VectorFile:
    """One file under Vectors/v1."""

    def __init__(self, path, algorithm, schema, profile, header, notes, generator, checked_by, version=VECTOR_VERSION):
        self.path = path
        self.algorithm = algorithm
        self.schema = schema
        self.profile = profile
        self.header = header
        self.notes = notes
        self.generator = generator
        self.checked_by = checked_by
        self.version = version
        self._groups = []
        self._last_id = 0

    def next_id(self):
        self._last_id += 1
        return self._last_id

    def group(self, kind, parameters=None, source="Ringwork Vectors/Generators"):
        group = Group(self, kind, parameters or {}, source)
        self._groups.append(group)
        return group

    def all_tests(self):
        return [test for group in self._groups for test in group.tests]

    def count(self, result):
        return sum(1 for test in self.all_tests() if test["result"] == result)

    def document(self):
        """The finished document; refuses one that breaks a house rule."""
        groups = [group.document() for group in self._groups if group.tests]
        # tcIds were handed out when tests were added; groups may have been filled in turns.
        ids = sorted(test["tcId"] for group in groups for test in group["tests"])
        if ids != list(range(1, len(ids) + 1)):
            raise ValueError(f"{self.path}: tcIds are not 1..N")
        used = {flag for test in self.all_tests() for flag in test["flags"]}
        if missing := used - set(self.notes):
            raise ValueError(f"{self.path}: flags without a note: {sorted(missing)}")
        if self.count("invalid") <= self.count("valid"):
            raise ValueError(f"{self.path}: the invalid tests must outnumber the valid ones")
        values = [
            FORMAT_VERSION, self.version, self.algorithm, self.schema, self.profile,
            len(ids), self.header,
            {flag: self.notes[flag] for flag in sorted(used)},
            groups,
        ]
        return dict(zip(ROOT_KEYS, values))

    def text(self):
        return to_text(self.document())


def to_text(document):
    """Canonical text: keys in the order given, ASCII only, indent 1, LF, a final newline."""
    return json.dumps(document, indent=1, ensure_ascii=True) + "\n"


def note(bug_type, description):
    """The explanation of one flag."""
    return {"bugType": bug_type, "description": description}


def flip_bit(data, bit):
    """The data with one bit inverted; bit 0 is the least significant bit of the last byte."""
    value = int.from_bytes(data, "big") ^ (1 << bit)
    return value.to_bytes(len(data), "big")
