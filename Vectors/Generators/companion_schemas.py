"""The JSON schemas (draft-07) of the companions' vector files: one per scheme, and one of keys, all of one shape."""

from companion_schemes import SCHEMES

COMMON = "common.schema.json#/definitions/"
KEY_REASONS = ["key-not-in-group", "c-out-of-range", "s-out-of-range", "proof-mismatch"]
RING_REASONS = KEY_REASONS + ["ring-too-small", "duplicate-key"]


def common(name):
    return {"$ref": COMMON + name}


def listed(items):
    return {"type": "array", "items": items}


def closed(properties, required=None):
    return {"type": "object", "additionalProperties": False,
            "required": list(properties) if required is None else required, "properties": properties}


PLACES = listed(common("count"))
HEX = common("hexBytes")
KEY = closed({"y": HEX, "label": {"type": "string"}, "c": HEX, "s": HEX})
PARAMETERS = {"oneOf": [common("groupParameters"), closed({"curve": {"enum": ["secp256k1", "P-256"]}})]}


def tests(kind, inputs, reasons, keys=True):
    """The definition of one type of test group."""
    test = {"tcId": common("tcId"), "comment": common("comment"), "flags": common("flags"), **inputs,
            "result": common("result"), "reason": {"enum": [None, *reasons]}}
    head = {"type": {"const": kind}, "source": common("source"), "groupParameters": PARAMETERS}
    if keys:
        head["keys"] = {"type": "array", "minItems": 2, "items": KEY}
    head["tests"] = {"type": "array", "minItems": 1, "items": {**closed(test), "allOf": [common("verdict")]}}
    return closed(head)


def document(name, title, groups):
    """A whole schema file."""
    root = {"formatVersion": common("formatVersion"), "vectorVersion": common("vectorVersion"), "algorithm": common("text"),
            "schema": {"const": name}, "profile": {"enum": ["ringwork-v1"]}, "numberOfTests": common("numberOfTests"),
            "header": common("header"), "notes": common("notes"),
            "testGroups": {"type": "array", "minItems": 1, "items": {"oneOf": [{"$ref": f"#/definitions/{kind}"} for kind in groups]}}}
    return {"$schema": "http://json-schema.org/draft-07/schema#", "$id": name, "title": title,
            **closed(root), "definitions": groups}


def scheme_schema(scheme):
    statement = {"ring": PLACES, "context": HEX, "message": HEX}
    if scheme.extra is not None:
        statement[scheme.extra] = common("count")
    own = ["parameter-out-of-range"] if scheme.name in ("cds", "groth-kohlweiss") else []
    values = {name: listed(HEX) if is_list else HEX for name, is_list in scheme.field_names().items()}
    fields = {"oneOf": [{"type": "null"}, closed(values)]}
    elements = (["tag-not-in-group"] if scheme.tag else []) + (["element-not-in-group"] if scheme.name == "groth-kohlweiss" else [])
    refusals = ["wrong-length", *elements, "c-out-of-range", "s-out-of-range", "ring-equation"]
    verify = list(dict.fromkeys(RING_REASONS + own + refusals))
    signing = {"signers": {"type": "array", "minItems": 1, "items": closed({"key": common("count"), "x": HEX})},
               "randomness": closed({name: listed(HEX) for name in scheme.randomness()})}
    groups = {
        "Verify": tests("Verify", {**statement, "signature": HEX, "fields": fields}, verify),
        "Sign": tests("Sign", {"ring": PLACES, "signers": signing["signers"], **{k: v for k, v in statement.items() if k != "ring"},
                               "randomness": signing["randomness"], "signature": HEX, "fields": fields},
                      ["proof-mismatch", "ring-too-small", "duplicate-key", "signer-not-in-ring", "unusable-randomness",
                       *(["element-not-in-group"] if scheme.name == "groth-kohlweiss" else []), "signature-mismatch"]),
    }
    signed = {"message": HEX, "signature": HEX}
    if scheme.relation == "Link":
        signed = closed({"ring": PLACES, **signed})
        groups["Link"] = tests("Link", {"context": HEX, "first": signed, "second": signed,
                                        "relation": {"enum": ["linked", "independent"]}},
                               ["wrong-length", "ring-equation", "relation-mismatch"])
    if scheme.relation == "Trace":
        groups["Trace"] = tests("Trace", {"context": HEX, "ring": PLACES, "first": closed(signed), "second": closed(signed),
                                          "relation": {"enum": ["linked", "independent", "double-signer"]},
                                          "member": {"oneOf": [{"type": "null"}, common("count")]}},
                                ["wrong-length", "ring-equation", "relation-mismatch"])
    return document(f"ring-{scheme.name}.schema.json", scheme.title, groups)


def key_schema():
    groups = {
        "Key": tests("Key", KEY["properties"], ["label-too-long", *KEY_REASONS], keys=False),
        "Ring": tests("Ring", {"ring": PLACES, "sorted": PLACES}, RING_REASONS + ["order-mismatch"]),
        "Base": tests("Base", {"scheme": common("text"), "purpose": common("text"), "items": listed(HEX), "element": HEX},
                      ["output-mismatch"], keys=False),
        "Transcript": tests("Transcript", {"scheme": common("text"), "ring": PLACES, "context": HEX, "message": HEX,
                                           "items": listed(HEX), "pre": HEX, "challenge": HEX}, ["output-mismatch"]),
    }
    return document("ring-key.schema.json", "Keys, rings, bases and transcripts of the companion ring signatures", groups)


def schemas():
    """Every schema by its path below Vectors/."""
    found = [key_schema()] + [scheme_schema(scheme) for scheme in SCHEMES]
    return {f"schemas/{schema['$id']}": schema for schema in found}
