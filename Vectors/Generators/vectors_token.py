"""Vector files for patient and provider tokens, their rotation, and canonical names. Every person in them is invented."""

import hashlib
import hmac
import unicodedata

import tokens
from documents import VectorFile, note
from drbg import Drbg
from framing import be64, frame

NOTES = {
    "Basic": note("BASIC", "A plain record."),
    "CanonicalForm": note("EDGE_CASE", "A record whose canonical form differs from its text; it shares its token with the plain spelling."),
    "CaseFold": note("EDGE_CASE", "Full case folding and lower-casing give different results."),
    "Normalization": note("EDGE_CASE", "NFKC changes the text."),
    "Name": note("BASIC", "A name that the strict canonical form refuses."),
    "CodePoint": note("EDGE_CASE", "A code point of general category Cc, Cf, Cn, Co, Zl or Zp, or one that Unicode 14.0 has not assigned."),
    "BirthDate": note("BASIC", "Not a real date in the form YYYY-MM-DD, or out of the years 1800 to 2199."),
    "NationalId": note("BASIC", "A national id at or beyond the limits of its scheme."),
    "Plan": note("BASIC", "A health plan id at or beyond the limits of its form."),
    "Npi": note("BASIC", "A national provider identifier at or beyond the limits of its form."),
    "Tin": note("BASIC", "A taxpayer identification number at or beyond the limits of its form."),
    "WrongKey": note("BASIC", "The token under another key, purpose, tenant or epoch."),
    "WrongRecord": note("BASIC", "The token of another record."),
    "Framing": note("AUTH_BYPASS", "The token of a construction that leaves out framing, tags, kind or normalisation."),
    "Unkeyed": note("AUTH_BYPASS", "The hash that the paper prints, without a key: open to a dictionary."),
    "Syntax": note("ENCODING", "Not of the form rw1.<8 lower-case hex digits>.<64 lower-case hex digits>."),
    "Invisible": note("EDGE_CASE", "A default-ignorable code point that is assigned and of no refused category."),
}

SLOW_NOTES = {
    "Basic": note("BASIC", "A plain record."),
    "CanonicalForm": NOTES["CanonicalForm"],
    "Refused": note("BASIC", "A record that is refused, or a token of another syntax: found before anything slow is computed."),
    "WrongKey": note("BASIC", "The token under another key, purpose, tenant, epoch or profile: the key id tells."),
    "WrongRecord": note("BASIC", "The token of another record."),
    "Parameters": note("AUTH_BYPASS", "The right construction with another cost, salt or order of steps."),
}

NAME_NOTES = {
    "UTF8": note("ENCODING", "Bytes that are not UTF-8: overlong, surrogates, over U+10FFFF, truncated or stray bytes."),
    "CodePoint": NOTES["CodePoint"],
    "Invisible": NOTES["Invisible"],
    "Empty": note("BASIC", "Nothing is left."),
    "Punctuation": note("EDGE_CASE", "Apostrophes and hyphens that are unified, before and after NFKC."),
    "Spaces": note("EDGE_CASE", "Spaces of every kind."),
    "Normalization": NOTES["Normalization"],
    "CaseFold": NOTES["CaseFold"],
    "Kept": note("EDGE_CASE", "Differences that the canonical form keeps."),
}

MATCH_NOTES = {
    "Basic": note("BASIC", "A token of one of the epochs."),
    "UnknownKey": note("BASIC", "A token whose key id no key has: an epoch that was destroyed, or never was."),
    "WrongRecord": NOTES["WrongRecord"],
    "WrongEpoch": note("AUTH_BYPASS", "A token that another epoch's key id was put on."),
    "Syntax": NOTES["Syntax"],
    "Refused": note("BASIC", "A record that is refused."),
}

PATIENT = {"schema": "ringwork/patient/1", "family": "Example", "given": ["Anna"], "other": "",
           "birthDate": "1990-01-01", "nationalId": "US-SSN:123-45-6789", "plan": "ACME:PLAN-001"}
PROVIDER = {"schema": "ringwork/provider/1", "npi": "1234567893", "name": "Example Clinic", "tin": "EIN:12-3456789"}


def patient(**fields):
    return {**PATIENT, **fields}


def provider(**fields):
    return {**PROVIDER, **fields}


def build():
    file = VectorFile(
        path="v1/token/token_ringwork-v1_test.json", algorithm="keyed token, version 1",
        schema="token.schema.json", profile="ringwork-v1",
        header=["derived = HKDF-SHA256(key, empty salt, info = frame(\"ringwork/token/1\", purpose, tenant, be64(epoch)), 32).",
                "token = \"rw1.\" + first 8 hex of SHA-256(\"ringwork/token/1/id\" || derived) + \".\" + hex of HMAC-SHA-256(derived, frame(items)).",
                "Each item is one tag byte and a canonical field: 1 kind, 2 family, 3 given (one item each), 4 other (if not empty), 5 birth date, 6 national id, 7 plan, 8 NPI, 9 provider name, 10 TIN.",
                "Names: refuse Cc, Cf, Cn, Co, Cs, Zl, Zp and Default_Ignorable_Code_Point (Unicode 14.0); unify apostrophes and hyphens; NFKC; full case folding; NFKC; unify again; Zs to one space; trim.",
                "The record is checked first, in the order of its items, then the token's syntax, then its value. All persons are invented."],
        notes=NOTES, generator="Generators/vectors_token.py", checked_by=["RFC 5869 and RFC 4231 through the standard library"])
    Builder(file).run()
    return [file, build_slow(), build_rotation(), build_names()]


def build_slow():
    file = VectorFile(
        path="v1/token/token_slow_ringwork-v1_test.json", algorithm="keyed token, version 1, slow profile",
        schema="token.schema.json", profile="ringwork-v1",
        header=["derived = HKDF-SHA256(key, empty salt, info = frame(\"ringwork/token-slow/1\", purpose, tenant, be64(epoch)), 32).",
                "salt = HKDF-SHA256(derived, empty salt, info = \"ringwork/token-slow/1/salt\", 32).",
                "stretched = scrypt(frame(items), salt, N = 2^17, r = 8, p = 1, 32 bytes): 128 MiB.",
                "token = \"rw1s.\" + first 8 hex of SHA-256(\"ringwork/token-slow/1/id\" || derived) + \".\" + hex of HMAC-SHA-256(derived, stretched).",
                "The items are those of token_ringwork-v1. The record is checked first, then the token's syntax, then its profile and key id, then its value."],
        notes=SLOW_NOTES, generator="Generators/vectors_token.py", checked_by=["RFC 7914, RFC 5869 and RFC 4231 through the standard library"])
    SlowBuilder(file).run()
    return file


def build_rotation():
    file = VectorFile(
        path="v1/token/token_rotation_ringwork-v1_test.json", algorithm="keyed token, version 1, several epochs",
        schema="token.schema.json", profile="ringwork-v1",
        header=["The keys are those of the epochs at hand, each of which may have its own master key; purpose and tenant are the same for all.",
                "Valid: the token is the record's in epoch. The token's profile and key id name the keys that are tried.",
                "The record is checked first, then the token's syntax, then its key id (key-unknown), then its value (token-mismatch)."],
        notes=MATCH_NOTES, generator="Generators/vectors_token.py", checked_by=["RFC 5869 and RFC 4231 through the standard library"])
    add_matches(file.group("Match"))
    return file


def build_names():
    file = VectorFile(
        path="v1/token/token_names_ringwork-v1_test.json", algorithm="canonical names, Unicode 14.0",
        schema="token.schema.json", profile="ringwork-v1",
        header=["Valid: canonical is the UTF-8 of the canonical form of the name whose UTF-8 is utf8.",
                "Refuse what is not UTF-8 (name-utf8); then Cc, Cf, Cn, Co, Cs, Zl, Zp and Default_Ignorable_Code_Point (name-code-point).",
                "Unify apostrophes (U+2018, U+2019, U+02BC, U+0060, U+00B4) and hyphens (U+2010 to U+2015, U+2212); NFKC; full case folding; NFKC; unify again; Zs to one space; trim.",
                "Nothing left: name-empty. Another canonical form than the one given: name-mismatch."],
        notes=NAME_NOTES, generator="Generators/vectors_token.py", checked_by=["Python's unicodedata and casefold, Unicode 14.0"])
    add_names(file.group("Name"))
    return file


class Builder:
    def __init__(self, file):
        drbg = Drbg("tokens")
        self.groups = {"ringwork/patient/1": file.group("Patient"), "ringwork/provider/1": file.group("Provider")}
        self.key = drbg.bytes(32)
        self.other_key = drbg.bytes(32)
        self.purpose, self.tenant, self.epoch = "claims", "hospital-a.example", 7

    def add(self, record, comment, flag, claimed=None, reason=None, key=None, purpose=None, tenant=None, epoch=None):
        key = key or self.key
        purpose = self.purpose if purpose is None else purpose
        tenant = self.tenant if tenant is None else tenant
        epoch = self.epoch if epoch is None else epoch
        if claimed is None:
            claimed = tokens.token(record, key, purpose, tenant, epoch)
        got = tokens.verify(record, key, purpose, tenant, epoch, claimed)
        assert got == reason, (comment, got, reason)
        self.groups[record["schema"]].add(comment, [flag], {
            "record": record, "key": key.hex(), "purpose": purpose, "tenant": tenant, "epoch": epoch, "token": claimed}, reason)

    def same(self, record, plain, comment, flag):
        """A valid record that must share its token with its plain spelling."""
        assert self.token(record) == self.token(plain), comment
        self.add(record, comment, flag)

    def token(self, record, key=None, purpose=None, tenant=None, epoch=None):
        return tokens.token(record, key or self.key, purpose or self.purpose, tenant or self.tenant,
                            self.epoch if epoch is None else epoch)

    def refuse(self, record, comment, flag, reason):
        """A bad record, with a token that is well formed and belongs to the good record."""
        good = PATIENT if record["schema"] == "ringwork/patient/1" else PROVIDER
        self.add(record, comment, flag, claimed=self.token(good), reason=reason)

    def mismatch(self, record, claimed, comment, flag):
        self.add(record, comment, flag, claimed=claimed, reason="token-mismatch")

    def run(self):
        self.good_patients()
        self.bad_patients()
        self.providers()
        for record in (PATIENT, PROVIDER):
            self.wrong_tokens(record)
        self.more_identifiers()

    # ------------------------------------------------------------ added after 1.0.0: ids are never renumbered

    def more_identifiers(self):
        for code_point, comment in [
            (0x034F, "the combining grapheme joiner"), (0x115F, "a Hangul filler"), (0x1160, "a Hangul filler"), (0x3164, "a Hangul filler"),
            (0xFFA0, "a half-width Hangul filler"), (0x17B4, "an inherent Khmer vowel"), (0x180B, "a Mongolian selector"), (0x180F, "a Mongolian selector"),
            (0xFE00, "a variation selector"), (0xFE0F, "a variation selector"), (0xE0100, "a variation selector"), (0xE01EF, "a variation selector"),
        ]:
            self.refuse(patient(family="Example" + chr(code_point)), f"U+{code_point:04X}, {comment}, in a name", "Invisible", "name-code-point")
        self.refuse(provider(name="\u3164"), "a Hangul filler alone: looks like an empty name", "Invisible", "name-code-point")
        for text in ("GB-NHS:943 476 5919", "GB-NHS:9876543210", "GB-NHS:401-023-2137"):
            self.add(patient(nationalId=text), f"national id {text}", "NationalId")
        self.same(patient(nationalId="GB-NHS:943-476-5919"), patient(nationalId="GB-NHS:9434765919"), "an NHS number with hyphens", "CanonicalForm")
        for text, comment in [
            ("GB-NHS:9434765918", "a wrong check digit modulo 11"), ("GB-NHS:4943765919", "digits exchanged"), ("GB-NHS:943476591", "nine digits"),
            ("GB-NHS:94347659190", "eleven digits"), ("GB-NHS:9434 76 5919", "spaces elsewhere"), ("GB-NHS:943 476-5919", "a space and a hyphen"),
            ("GB-NHS:943476591X", "a letter for the check digit 10"), ("gb-nhs:9434765919", "the scheme in small letters"), ("GB-NHS9434765919", "no colon"),
            ("GB-NHS:\uff19434765919", "a full-width digit"), ("US-SSN:9434765919", "an NHS number as a social security number"),
            ("GB-NHS:123456789", "a social security number as an NHS number"), (" GB-NHS:9434765919", "a space in front"),
        ]:
            self.refuse(patient(nationalId=text), f"national id: {comment}", "NationalId", "national-id")
        self.mismatch(patient(nationalId="GB-NHS:9434765919"), self.token(patient(nationalId="GB-NHS:9876543210")), "the token of another NHS number", "WrongRecord")
        for prefix in ("20", "31", "46", "60", "81", "88", "90", "95", "98"):
            self.add(provider(tin=f"EIN:{prefix}-0000001"), f"EIN prefix {prefix}", "Tin")
        for prefix in ("07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97"):
            self.refuse(provider(tin=f"EIN:{prefix}-3456789"), f"TIN: EIN prefix {prefix}", "Tin", "tin")
        for group in ("01", "10", "17", "28", "39", "66", "67", "68"):
            self.refuse(provider(tin=f"ITIN:912-{group}-1234"), f"TIN: ITIN group {group}", "Tin", "tin")
        for group in ("50", "65", "70", "88", "90", "91", "92", "94", "99"):
            self.add(provider(tin=f"ITIN:912-{group}-1234"), f"TIN ITIN:912-{group}-1234", "Tin")
        for npi in ("1234567893", "1245319599"):
            exchanged = npi[1] + npi[0] + npi[2:]
            self.refuse(provider(npi=exchanged), f"NPI: {npi} with its first digits exchanged", "Npi", "npi")
        self.refuse(provider(npi="0912345678"), "NPI: first digit 0", "Npi", "npi")

    # ------------------------------------------------------------ valid patients

    def good_patients(self):
        plain = patient()
        self.add(plain, "a plain patient", "Basic")
        self.add(patient(family="Mustermann", given=["Max"]), "another patient", "Basic")
        self.add(patient(given=["Anna", "Maria"]), "two given names", "Basic")
        self.add(patient(other="Muster"), "another name", "Basic")
        self.add(patient(family="\u674e", given=["\u660e"]), "a name in Han characters", "Basic")
        self.add(plain, "epoch 0", "Basic", epoch=0)
        self.add(plain, "epoch 2^53 - 1", "Basic", epoch=(1 << 53) - 1)
        self.add(plain, "purpose and tenant that are not ASCII", "Basic", purpose="Abrechnung \u00dc", tenant="Z\u00fcrich")
        self.add(plain, "another key", "Basic", key=self.other_key)
        for family, other, comment in [
            ("EXAMPLE", "Example", "capitals"), ("  Example  ", "Example", "spaces around the name"),
            ("Van  der   Muster", "van der muster", "runs of spaces"),
            ("van\u00a0der\u2003Muster", "van der muster", "no-break and em spaces (Zs)"),
            ("O\u2019Example", "o'example", "a typographic apostrophe U+2019"), ("O\u2018Example", "o'example", "U+2018"),
            ("O\u02bcExample", "o'example", "a modifier apostrophe U+02BC"), ("O`Example", "o'example", "a grave accent U+0060"),
            ("O\u00b4Example", "o'example", "an acute accent U+00B4, which NFKC would break up"),
            ("Muster\u2010Example", "muster-example", "U+2010"), ("Muster\u2011Example", "muster-example", "a no-break hyphen U+2011"),
            ("Muster\u2013Example", "muster-example", "an en dash U+2013"), ("Muster\u2015Example", "muster-example", "U+2015"),
            ("Muster\u2212Example", "muster-example", "a minus sign U+2212"),
        ]:
            self.same(patient(family=family), patient(family=other), comment, "CanonicalForm")
        for family, other, comment in [
            ("Jose\u0301", "jos\u00e9", "a decomposed letter"), ("\uff25\uff58\uff41\uff4d\uff50\uff4c\uff45", "example", "full-width letters"),
            ("\ufb01scher", "fischer", "a ligature"), ("O\uff07Example", "o'example", "a full-width apostrophe"),
            ("O\uff40Example", "o'example", "a full-width grave accent: mapped only after NFKC"),
            ("Muster\ufe58Example", "muster-example", "a small em dash: mapped only after NFKC"),
            ("Muster\u3000Example", "muster example", "an ideographic space"),
            ("\u0149Example", "'nexample", "U+0149: folds to U+02BC and n"),
            ("\u1e9b\u0323", "\u1e69", "marks in another order: NFKC reorders and composes"),
            ("\u2168", "ix", "a Roman numeral IX"),
        ]:
            self.same(patient(family=family), patient(family=other), comment, "Normalization")
        for family, other, comment in [
            ("Stra\u00dfe", "strasse", "sharp s folds to ss"), ("STRA\u1e9eE", "strasse", "capital sharp s folds to ss"),
            ("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c3", "final sigma folds to sigma"),
            ("\u0130", "i\u0307", "capital I with dot: full folding gives two code points"),
            ("\u01f0", "\u01f0", "small j with caron: folds apart and composes again"),
            ("\u1fb3", "\u03b1\u03b9", "alpha with iota below folds to two letters"),
            ("\u13f8", "\u13f0", "Cherokee folds to capitals"), ("\u00b5", "\u03bc", "the micro sign"),
        ]:
            self.same(patient(family=family), patient(family=other), comment, "CaseFold")
        for text, comment in [("US-SSN:123456789", "no hyphens"), ("US-SSN:123 45 6789", "spaces for hyphens")]:
            self.same(patient(nationalId=text), plain, f"national id with {comment}", "CanonicalForm")
        for digits in ("001-01-0001", "665-99-9999", "667-01-0001", "899-99-9999"):
            self.add(patient(nationalId="US-SSN:" + digits), f"national id {digits}, at the limits", "NationalId")
        for date in ("2000-02-29", "1800-01-01", "2199-12-31", "1996-02-29", "1900-02-28"):
            self.add(patient(birthDate=date), f"born {date}", "BirthDate")
        for plan in ("A:B", "A" * 64 + ":" + "9" * 64, "-:-", "0-A:Z-9"):
            self.add(patient(plan=plan), f"plan of {len(plan)} characters", "Plan")
        self.same(patient(given=["ANNA", "MARIA"], other="M\u00dcLLER"), patient(given=["anna", "maria"], other="m\u00fcller"),
                  "capitals in every name", "CanonicalForm")

    # ------------------------------------------------------------ refused patients

    def bad_patients(self):
        for fields, comment in [
            ({"family": ""}, "an empty family name"), ({"family": "   "}, "a family name of spaces"),
            ({"family": "\u00a0\u3000"}, "a family name of other spaces"), ({"given": []}, "no given name"),
            ({"given": [""]}, "an empty given name"), ({"given": ["Anna", " "]}, "a second given name of spaces"),
            ({"other": " "}, "another name of one space: not empty, and nothing left of it"),
        ]:
            self.refuse(patient(**fields), comment, "Name", "name-empty")
        for code_point, comment in [
            (0x0000, "NUL"), (0x0009, "a tab"), (0x000A, "a line feed"), (0x000D, "a carriage return"), (0x007F, "DELETE"),
            (0x0085, "NEXT LINE"), (0x009F, "a C1 control"), (0x00AD, "a soft hyphen"), (0x061C, "the Arabic letter mark"),
            (0x200B, "a zero-width space"), (0x200C, "a zero-width non-joiner"), (0x200D, "a zero-width joiner"),
            (0x200E, "a left-to-right mark"), (0x202A, "a left-to-right embedding"), (0x202E, "a right-to-left override"),
            (0x2060, "a word joiner"), (0x2066, "a left-to-right isolate"), (0x2069, "the end of an isolate"),
            (0xFEFF, "a byte-order mark"), (0xFFF9, "an annotation anchor"), (0xE0001, "a language tag"), (0xE0041, "a tag letter"),
            (0xE000, "private use"), (0xF8FF, "private use"), (0xF0000, "private use, plane 15"), (0x10FFFD, "private use, plane 16"),
            (0xFFFE, "a noncharacter"), (0xFDD0, "a noncharacter"), (0x10FFFF, "a noncharacter"),
            (0x2028, "the line separator"), (0x2029, "the paragraph separator"),
            (0x0378, "unassigned"), (0x2FE0, "unassigned"), (0xE01F0, "unassigned"),
            (0x0CF3, "assigned in Unicode 15.0"), (0x1E4D0, "assigned in Unicode 15.0"), (0x1C89, "assigned in Unicode 16.0"),
        ]:
            self.refuse(patient(family="Exa" + chr(code_point) + "mple"), f"U+{code_point:04X}, {comment}, in a name", "CodePoint", "name-code-point")
        self.refuse(patient(family="\u200bExample"), "a zero-width space in front", "CodePoint", "name-code-point")
        self.refuse(patient(family="Example\u2028"), "a line separator at the end", "CodePoint", "name-code-point")
        self.refuse(patient(family="\u2029"), "a paragraph separator alone: not a space", "CodePoint", "name-code-point")
        self.refuse(patient(family="Example\n"), "a line feed at the end", "CodePoint", "name-code-point")
        self.refuse(patient(family="\t"), "a tab alone: not a space", "CodePoint", "name-code-point")
        self.refuse(patient(given=["Anna", "Ma\u202eria"]), "an override in the second given name", "CodePoint", "name-code-point")
        self.refuse(patient(other="Mus\u00adter"), "a soft hyphen in the other name", "CodePoint", "name-code-point")
        for text, comment in [
            ("", "empty"), ("1990-1-1", "single digits"), ("90-01-01", "a two-digit year"), ("1990/01/01", "slashes"), ("19900101", "no hyphens"),
            ("01-01-1990", "day first"), ("1990-13-01", "month 13"), ("1990-00-01", "month 0"), ("1990-01-00", "day 0"),
            ("1990-01-32", "day 32"), ("1990-04-31", "31 April"), ("1990-02-29", "29 February of a common year"),
            ("1900-02-29", "29 February 1900"), ("2100-02-29", "29 February 2100"), ("1799-12-31", "year 1799"), ("2200-01-01", "year 2200"),
            ("0000-01-01", "year 0"), ("1990-01", "no day"), ("1990", "only a year"), (" 1990-01-01", "a space in front"),
            ("1990-01-01 ", "a space behind"), ("1990-01-01\n", "a line feed behind"), ("1990-01-01T00:00", "a time"),
            ("\uff11990-01-01", "a full-width digit"), ("1990-0\u0661-01", "an Arabic digit"), ("1990\u201001\u201001", "typographic hyphens"),
            ("+990-01-01", "a sign"), ("01990-01-01", "five digits"), ("1990-W01-1", "a week date"),
        ]:
            self.refuse(patient(birthDate=text), f"birth date: {comment}", "BirthDate", "birth-date")
        for text, comment in [
            ("", "empty"), ("123-45-6789", "no scheme"), ("US-SSN:", "no digits"), ("us-ssn:123-45-6789", "the scheme in small letters"),
            ("XX-ID:123456789", "an unknown scheme"), ("US-SSN:000-45-6789", "area 000"), ("US-SSN:666-45-6789", "area 666"),
            ("US-SSN:900-45-6789", "area 900"), ("US-SSN:999-45-6789", "area 999"), ("US-SSN:123-00-6789", "group 00"),
            ("US-SSN:123-45-0000", "serial 0000"), ("US-SSN:12345678", "eight digits"), ("US-SSN:1234567890", "ten digits"),
            ("US-SSN:12-345-6789", "hyphens elsewhere"), ("US-SSN:1234-5-6789", "hyphens elsewhere"), ("US-SSN:123--45-6789", "a double hyphen"),
            ("US-SSN:-123456789", "a hyphen in front"), ("US-SSN:123456789-", "a hyphen behind"), ("US-SSN: 123-45-6789", "a space in front"),
            ("US-SSN:123-45-6789 ", "a space behind"), ("US-SSN:123.45.6789", "dots"), ("US-SSN:12A-45-6789", "a letter"),
            ("US-SSN:\uff11\uff12\uff13-45-6789", "full-width digits"), ("US-SSN:123\u201145\u20116789", "no-break hyphens"),
            ("US-SSN 123-45-6789", "no colon"), ("US-SSN::123456789", "two colons"),
        ]:
            self.refuse(patient(nationalId=text), f"national id: {comment}", "NationalId", "national-id")
        for text, comment in [
            ("", "empty"), ("ACME", "no colon"), (":PLAN", "no issuer"), ("ACME:", "no id"), (":", "a colon alone"), ("acme:PLAN", "small letters in the issuer"),
            ("ACME:plan", "small letters in the id"), ("ACME:PLAN 1", "a space"), ("ACME:PLAN:1", "two colons"), ("ACME:PLAN_1", "an underscore"),
            ("ACME:PL\u00c4N", "a letter that is not ASCII"), ("A" * 65 + ":1", "an issuer of 65"), ("A:" + "1" * 65, "an id of 65"),
            ("ACME:PLAN\n", "a line feed"), ("ACME\uff1aPLAN", "a full-width colon"), ("ACME:PLAN\u2010001", "a typographic hyphen"),
        ]:
            self.refuse(patient(plan=text), f"plan: {comment}", "Plan", "plan")

    # ------------------------------------------------------------ providers

    def providers(self):
        plain = provider()
        self.add(plain, "a plain provider", "Basic")
        for npi in ("1993999998", "2690505252", "2609505252"):
            self.add(provider(npi=npi), f"NPI {npi}", "Npi")
        self.mismatch(provider(npi="2609505252"), self.token(provider(npi="2690505252")),
                      "NPIs that differ by 09 for 90: both pass Luhn, and are two providers", "WrongRecord")
        self.same(provider(name="EXAMPLE\u3000\uff23linic"), plain, "a name in another form", "CanonicalForm")
        self.same(provider(tin="EIN:123456789"), plain, "EIN without hyphen", "CanonicalForm")
        self.same(provider(tin="SSN:123-45-6789"), provider(tin="SSN:123456789"), "an SSN as TIN, with hyphens", "CanonicalForm")
        for text in ("EIN:01-0000000", "EIN:99-9999999", "SSN:001-01-0001", "SSN:899-99-9999", "ITIN:900-50-0000", "ITIN:999-65-9999",
                     "ITIN:912-70-1234", "ITIN:912-88-1234", "ITIN:912-90-1234", "ITIN:912-92-1234", "ITIN:912-94-1234", "ITIN:912991234"):
            self.add(provider(tin=text), f"TIN {text}", "Tin")
        for text, comment in [
            ("", "empty"), ("1234567890", "a wrong check digit"), ("1234567894", "a wrong check digit"), ("123456789", "nine digits"),
            ("12345678937", "eleven digits"), ("3234567891", "first digit 3"), ("0234567897", "first digit 0"),
            ("1234567839", "last two digits exchanged"), ("2134567893", "first two digits exchanged"), ("1234 567893", "a space"), ("123456789X", "a letter"),
            ("\uff11234567893", "a full-width digit"), (" 1234567893", "a space in front"), ("1234567893\n", "a line feed behind"),
            ("808401234567893", "with its prefix 80840"), ("1993999999", "a wrong check digit"), ("123-456-7893", "hyphens"),
        ]:
            self.refuse(provider(npi=text), f"NPI: {comment}", "Npi", "npi")
        for text, comment in [("", "empty"), ("  ", "spaces")]:
            self.refuse(provider(name=text), f"provider name: {comment}", "Name", "name-empty")
        for code_point in (0x0007, 0x200D, 0x2028, 0x2029, 0x202E, 0xE000, 0x0378):
            self.refuse(provider(name="Example" + chr(code_point) + " Clinic"), f"provider name with U+{code_point:04X}", "CodePoint", "name-code-point")
        for text, comment in [
            ("", "empty"), ("12-3456789", "no scheme"), ("EIN:", "no digits"), ("EIN:00-3456789", "EIN prefix 00"), ("EIN:12-345678", "eight digits"),
            ("EIN:12-34567890", "ten digits"), ("EIN:123-456789", "a hyphen elsewhere"), ("EIN:12--3456789", "a double hyphen"), ("EIN:12 3456789", "a space"),
            ("ein:12-3456789", "the scheme in small letters"), ("VAT:12-3456789", "an unknown scheme"), ("EIN:1A-3456789", "a letter"),
            ("EIN:12-3456789 ", "a space behind"), ("EIN:\uff11\uff12-3456789", "full-width digits"),
            ("SSN:000-45-6789", "SSN area 000"), ("SSN:666-45-6789", "SSN area 666"), ("SSN:900-45-6789", "SSN area 900"),
            ("SSN:123-00-6789", "SSN group 00"), ("SSN:123-45-0000", "SSN serial 0000"), ("US-SSN:123-45-6789", "the national id's scheme"),
            ("ITIN:812-70-1234", "ITIN area 812"), ("ITIN:912-49-1234", "ITIN group 49"), ("ITIN:912-66-1234", "ITIN group 66"),
            ("ITIN:912-69-1234", "ITIN group 69"), ("ITIN:912-89-1234", "ITIN group 89"), ("ITIN:912-93-1234", "ITIN group 93"),
            ("ITIN:912-00-1234", "ITIN group 00"), ("ITIN:912-70-123", "eight digits"),
        ]:
            self.refuse(provider(tin=text), f"TIN: {comment}", "Tin", "tin")

    # ------------------------------------------------------------ wrong tokens for a good record

    def wrong_tokens(self, record):
        right = self.token(record)
        version, identifier, mac = right.split(".")
        self.mismatch(record, self.token(record, key=self.other_key), "the token under another key", "WrongKey")
        self.mismatch(record, self.token(record, purpose="audit"), "the token for another purpose", "WrongKey")
        self.mismatch(record, self.token(record, tenant="hospital-b.example"), "the token for another tenant", "WrongKey")
        self.mismatch(record, self.token(record, epoch=8), "the token of another epoch", "WrongKey")
        self.mismatch(record, self.token(record, purpose="claim", tenant="s" + self.tenant), "a letter moved from purpose to tenant", "Framing")
        self.mismatch(record, self.token(record, purpose=self.tenant, tenant=self.purpose), "purpose and tenant exchanged", "WrongKey")
        self.mismatch(record, f"{version}.{tokens.key_id(tokens.derived_key(self.other_key, self.purpose, self.tenant, self.epoch))}.{mac}",
                      "the key id of another key", "WrongKey")
        self.mismatch(record, f"{version}.{identifier}.{mac[:-1]}{'1' if mac[-1] == '0' else '0'}", "the last digit changed", "WrongRecord")
        self.mismatch(record, f"{version}.{identifier}.{'1' if mac[0] == '0' else '0'}{mac[1:]}", "the first digit changed", "WrongRecord")
        self.mismatch(record, f"{version}.{mac[:8]}.{mac}", "the key id taken from the code", "WrongRecord")

        items = tokens.items_of(record)
        derived = tokens.derived_key(self.key, self.purpose, self.tenant, self.epoch)
        fields = [item[1:] for item in items]
        plain_text = b"".join(fields)
        built = [
            (tokens.format_token(derived, b"".join(items)), "the items not framed"),
            (tokens.format_token(derived, frame(*fields)), "the items without tag bytes"),
            (tokens.format_token(derived, frame(*items[1:])), "the kind left out"),
            (tokens.format_token(derived, frame(*items[::-1])), "the items in reverse order"),
            (tokens.format_token(derived, frame(*[part for item in items for part in (item[:1], item[1:])])), "tag and field framed apart"),
            (tokens.format_token(derived, b"".join(item[:1] + len(item[1:]).to_bytes(4, "big") + item[1:] for item in items)), "tag, 4-byte length, field"),
            (tokens.format_token(derived, b"".join(len(item).to_bytes(8, "little") + item for item in items)), "lengths in little-endian order"),
            (tokens.format_token(self.key, frame(*items)), "the key itself in place of the derived key"),
            (tokens.format_token(self._derive(self.purpose.encode() + self.tenant.encode() + be64(self.epoch)), frame(*items)), "the derivation's info not framed"),
            (tokens.format_token(self._derive(self._info(self.epoch.to_bytes(4, "big"))), frame(*items)), "the epoch in 4 bytes"),
            (tokens.format_token(self._derive(self._info(self.epoch.to_bytes(8, "little"))), frame(*items)), "the epoch in little-endian order"),
            (tokens.format_token(self._derive(self._info(b"7")), frame(*items)), "the epoch as text"),
            (tokens.format_token(self._derive(self._info(be64(self.epoch)), salt=tokens.PURPOSE_PREFIX), frame(*items)), "a salt"),
            (tokens.format_token(self._derive(self._info(be64(self.epoch)), length=64), frame(*items)), "a derived key of 64 bytes"),
        ]
        for claimed, comment in built:
            self.mismatch(record, claimed, comment, "Framing")
        digest = hashlib.sha256(plain_text).hexdigest()
        self.mismatch(record, f"{version}.{identifier}.{digest}", "SHA-256 of the joined fields", "Unkeyed")
        self.mismatch(record, f"{version}.{identifier}.{hashlib.sha256(bytes.fromhex(digest)).hexdigest()}", "SHA-256d of the joined fields", "Unkeyed")
        self.mismatch(record, f"{version}.{identifier}.{hashlib.sha256(derived + frame(*items)).hexdigest()}", "SHA-256 of key and items instead of HMAC", "Unkeyed")
        self.mismatch(record, f"{version}.{identifier}.{hmac.new(self.key, plain_text, hashlib.sha256).hexdigest()}", "HMAC of the joined fields under the key itself", "Framing")

        if record is PATIENT:
            self.patient_mismatches(derived)
        else:
            self.mismatch(record, self.token(provider(npi="1993999998")), "the token of another NPI", "WrongRecord")
            self.mismatch(record, self.token(provider(name="Example Clinics")), "the token of another name", "WrongRecord")
            self.mismatch(record, self.token(provider(tin="SSN:123-45-6789")), "the same digits as an SSN", "WrongRecord")
            self.mismatch(record, self.token(PATIENT), "a patient's token", "WrongRecord")
        for claimed, comment in [
            ("", "empty"), (right.upper(), "all in capitals"), (f"{version}.{identifier.upper() if identifier.upper() != identifier else 'ABCDEF01'}.{mac}", "the key id in capitals"),
            (f"{version}.{identifier}.{mac.upper()}", "the code in capitals"), (f"rw2.{identifier}.{mac}", "version 2"), (f"RW1.{identifier}.{mac}", "the version in capitals"),
            (f"{identifier}.{mac}", "no version"), (f"{version}.{mac}", "no key id"), (f"{version}.{identifier}", "no code"), (mac, "the code alone"),
            (f"{version}.{identifier}.{mac[:-1]}", "63 digits"), (f"{version}.{identifier}.{mac}0", "65 digits"), (f"{version}.{identifier}.{mac[:32]}", "32 digits"),
            (f"{version}.{identifier[:7]}.{mac}", "a key id of 7 digits"), (f"{version}.{identifier}0.{mac}", "a key id of 9 digits"),
            (f"{version}-{identifier}-{mac}", "hyphens for dots"), (f"{version}.{identifier}.{mac}\n", "a line feed at the end"), (f" {right}", "a space in front"),
            (f"{right}.", "a dot at the end"), (f"{right}.{mac}", "a fourth part"), (f"{version}.{identifier}.0x{mac[2:]}", "0x in front of the code"),
            (f"{version}.{identifier}.{mac[:-1]}g", "a letter that is no digit"), (f"{version}..{mac}", "an empty key id"),
        ]:
            self.add(record, f"token: {comment}", "Syntax", claimed=claimed, reason="token-syntax")

    def _info(self, epoch_bytes):
        return frame(tokens.PURPOSE_PREFIX, self.purpose.encode(), self.tenant.encode(), epoch_bytes)

    def _derive(self, info, salt=b"", length=32):
        return tokens.hkdf(self.key, salt, info, length)

    def patient_mismatches(self, derived):
        for record, other, comment in [
            (PATIENT, patient(family="Anna", given=["Example"]), "family and given name exchanged"),
            (patient(given=["Anna", "Maria"]), patient(given=["Maria", "Anna"]), "given names in another order"),
            (patient(given=["Anna", "Maria"]), patient(given=["Anna Maria"]), "given names joined"),
            (patient(given=["Anna", "Maria"]), patient(given=["Anna"], other="Maria"), "the second given name as other name"),
            (patient(family="Exampleb", given=["Anna"]), patient(family="Example", given=["bAnna"]), "a letter moved from family to given name"),
            (PATIENT, patient(birthDate="1990-01-02"), "another birth date"), (PATIENT, patient(nationalId="US-SSN:123-45-6798"), "another national id"),
            (PATIENT, patient(plan="ACME:PLAN-002"), "another plan"), (patient(plan="ACME:1"), patient(plan="ACM:E1"), "the colon of the plan moved"),
            (PATIENT, patient(other="Muster"), "the token with an other name"), (patient(other="Muster"), PATIENT, "the token without the other name"),
            (patient(family="Jos\u00e9"), patient(family="Jose"), "the accent dropped"), (patient(family="M\u00fcller"), patient(family="Mueller"), "the umlaut spelled out"),
            (patient(family="O'Example"), patient(family="OExample"), "the apostrophe dropped"),
            (patient(family="Muster-Example"), patient(family="Muster Example"), "a space for the hyphen"),
            (patient(family="Muster Example"), patient(family="MusterExample"), "the space dropped"),
            (patient(family="\u0410nna"), patient(family="Anna"), "a Cyrillic capital A is no Latin one"),
            (patient(family="I\u0307"), patient(family="I"), "the dot dropped"),
        ]:
            self.mismatch(record, self.token(other), comment, "WrongRecord")
        # Faulty canonical forms: the items are right but for the family name.
        for family, faulty, comment in [
            ("Stra\u00dfe", "Stra\u00dfe".lower(), "lower-casing for folding (sharp s)"),
            ("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2".lower(), "lower-casing for folding (final sigma)"),
            ("Jose\u0301", "jose\u0301", "no normalisation"), ("Jos\u00e9", unicodedata.normalize("NFKD", "jos\u00e9"), "NFKD for NFKC"),
            ("\uff25xample", unicodedata.normalize("NFC", "\uff25xample").casefold(), "NFC for NFKC"),
            ("Example", "Example", "no folding"), (" Example ", " example ", "no trimming"), ("van  der Muster", "van  der muster", "runs of spaces kept"),
            ("O\u2019Example", "o\u2019example", "the apostrophe not mapped"), ("O\u00b4Example", "o \u0301example", "NFKC before the mapping"),
            ("\u0149Example", "\u02bcnexample", "no mapping after NFKC"), ("Muster\u2013Example", "muster\u2013example", "the dash not mapped"),
            ("van\u00a0der", "van\u00a0der", "the no-break space kept"),
        ]:
            record = patient(family=family)
            items = tokens.items_of(record)
            assert items[1] == bytes([tokens.FAMILY]) + tokens.canonical_name(family).encode("utf-8")
            items[1] = bytes([tokens.FAMILY]) + faulty.encode("utf-8")
            self.mismatch(record, tokens.format_token(derived, frame(*items)), f"a faulty canonical form: {comment}", "Framing")
        record = PATIENT
        items = tokens.items_of(record)
        with_empty = items[:3] + [bytes([tokens.OTHER])] + items[3:]
        self.mismatch(record, tokens.format_token(derived, frame(*with_empty)), "an item for the empty other name", "Framing")
        hyphens = items[:-2] + [bytes([tokens.NATIONAL_ID]) + b"US-SSN:123-45-6789"] + items[-1:]
        self.mismatch(record, tokens.format_token(derived, frame(*hyphens)), "the hyphens of the national id kept", "Framing")
        bare = items[:-2] + [bytes([tokens.NATIONAL_ID]) + b"123456789"] + items[-1:]
        self.mismatch(record, tokens.format_token(derived, frame(*bare)), "the national id without its scheme", "Framing")


class SlowBuilder:
    """Each token that is computed costs scrypt, so only the tests that must be are slow."""

    def __init__(self, file):
        drbg = Drbg("slow tokens")
        self.groups = {"ringwork/patient/1": file.group("Patient"), "ringwork/provider/1": file.group("Provider")}
        self.key, self.other_key = drbg.bytes(32), drbg.bytes(32)
        self.scope = ("claims", "hospital-a.example", 7)

    def add(self, record, comment, flag, claimed, reason=None):
        got = tokens.verify(record, self.key, *self.scope, claimed)
        assert got == reason, (comment, got, reason)
        purpose, tenant, epoch = self.scope
        self.groups[record["schema"]].add(comment, [flag], {
            "record": record, "key": self.key.hex(), "purpose": purpose, "tenant": tenant, "epoch": epoch, "token": claimed}, reason)

    def run(self):
        derived = tokens.derived_key(self.key, *self.scope, "rw1s")
        right = {schema: tokens.token(record, self.key, *self.scope, "rw1s")
                 for schema, record in (("patient", PATIENT), ("provider", PROVIDER))}
        self.add(PATIENT, "a plain patient", "Basic", right["patient"])
        self.add(patient(family="\uff25XAMPLE "), "the same patient in another spelling", "CanonicalForm", right["patient"])
        self.add(PROVIDER, "a plain provider", "Basic", right["provider"])

        version, identifier, mac = right["patient"].split(".")
        message, salt = frame(*tokens.items_of(PATIENT)), tokens.slow_salt(derived)
        for claimed, comment in [
            (tokens.format_token(derived, message, "rw1s"), "no scrypt"),
            (f"{version}.{identifier}.{tokens.scrypt(message, salt).hex()}", "scrypt and no HMAC"),
            (tokens.format_token(derived, tokens.scrypt(message, salt, 14), "rw1s"), "N = 2^14"),
            (tokens.format_token(derived, tokens.scrypt(message, salt, 16, 8, 2), "rw1s"), "N = 2^16, p = 2"),
            (tokens.format_token(derived, tokens.scrypt(message, salt, 16, 16), "rw1s"), "N = 2^16, r = 16"),
            (tokens.format_token(derived, tokens.scrypt(message, b"", 17), "rw1s"), "no salt"),
            (tokens.format_token(derived, tokens.scrypt(message, derived, 17), "rw1s"), "the derived key as the salt"),
        ]:
            self.add(PATIENT, comment, "Parameters", claimed, "token-mismatch")
        self.add(PATIENT, "the token of another birth date", "WrongRecord",
                 tokens.token(patient(birthDate="1990-01-02"), self.key, *self.scope, "rw1s"), "token-mismatch")
        fast = tokens.token(PATIENT, self.key, *self.scope)
        for claimed, comment in [
            (f"rw1.{identifier}.{mac}", "the slow token with the fast profile's name"),
            (fast.replace("rw1.", "rw1s."), "the fast token with the slow profile's name"),
            (f"rw1s.{fast.split('.')[1]}.{mac}", "the fast profile's key id"),
            (tokens.format_token(tokens.derived_key(self.other_key, *self.scope, "rw1s"), message, "rw1s"), "another key's key id"),
            (tokens.format_token(tokens.derived_key(self.key, "audit", *self.scope[1:], "rw1s"), message, "rw1s"), "another purpose's key id"),
            (tokens.format_token(tokens.derived_key(self.key, *self.scope[:2], 8, "rw1s"), message, "rw1s"), "another epoch's key id"),
        ]:
            self.add(PATIENT, comment, "WrongKey", claimed, "token-mismatch")
        for claimed, comment in [
            (f"rw1S.{identifier}.{mac}", "the profile in capitals"), (f"rw1ss.{identifier}.{mac}", "another profile"),
            (f"rw1s{identifier}.{mac}", "no dot behind the profile"), (f"rw1s.{identifier}.{mac}0", "65 digits"),
            (f"rw1s.{identifier}.{mac.upper()}", "the code in capitals"), (f"rw2s.{identifier}.{mac}", "version 2"),
        ]:
            self.add(PATIENT, f"token: {comment}", "Refused", claimed, "token-syntax")
        self.add(patient(birthDate="1990-02-30"), "a birth date that is none", "Refused", right["patient"], "birth-date")
        self.add(provider(npi="1234567890"), "an NPI that is none", "Refused", right["provider"], "npi")


def add_matches(group):
    drbg = Drbg("token rotation")
    keys = [(epoch, drbg.bytes(32)) for epoch in (3, 5, 9)]
    one_master = [(epoch, keys[0][1]) for epoch in (1, 2)]
    lost = drbg.bytes(32)
    scope = ("claims", "hospital-a.example")

    def add(record, keys, comment, flag, claimed, reason=None, epoch=-1):
        try:
            got, found = tokens.match_epoch(record, keys, *scope, claimed), None
        except tokens.Refused as refusal:
            got, found = -1, str(refusal)
        assert (got, found) == (epoch, reason), (comment, got, found)
        group.add(comment, [flag], {
            "record": record, "keys": [{"epoch": epoch, "key": key.hex()} for epoch, key in keys],
            "purpose": scope[0], "tenant": scope[1], "token": claimed, "epoch": epoch}, reason)

    made = {epoch: tokens.token(PATIENT, key, *scope, epoch) for epoch, key in keys}
    for epoch, _ in keys:
        add(PATIENT, keys, f"a token of epoch {epoch}, each epoch with its own master key", "Basic", made[epoch], epoch=epoch)
    for epoch, key in one_master:
        add(PATIENT, one_master, f"a token of epoch {epoch}, one master key for all", "Basic", tokens.token(PATIENT, key, *scope, epoch), epoch=epoch)
    add(PATIENT, keys[::-1], "the keys in another order", "Basic", made[3], epoch=3)
    for gone in (3, 5, 9):
        left = [entry for entry in keys if entry[0] != gone]
        add(PATIENT, left, f"epoch {gone} destroyed", "UnknownKey", made[gone], "key-unknown")
    add(PATIENT, [], "no key", "UnknownKey", made[3], "key-unknown")
    add(PATIENT, keys, "an epoch that never was", "UnknownKey", tokens.token(PATIENT, keys[0][1], *scope, 4), "key-unknown")
    add(PATIENT, keys, "another master key", "UnknownKey", tokens.token(PATIENT, lost, *scope, 5), "key-unknown")
    add(PATIENT, keys, "another purpose", "UnknownKey", tokens.token(PATIENT, keys[1][1], "audit", scope[1], 5), "key-unknown")
    add(PATIENT, keys, "the master keys of two epochs exchanged", "UnknownKey", tokens.token(PATIENT, keys[0][1], *scope, 5), "key-unknown")
    add(PATIENT, keys, "the key id of the slow profile's name", "UnknownKey", made[5].replace("rw1.", "rw1s."), "key-unknown")
    for epoch, key in keys:
        add(PATIENT, keys, f"another record's token of epoch {epoch}", "WrongRecord", tokens.token(patient(family="Muster"), key, *scope, epoch), "token-mismatch")
    add(PATIENT, keys, "the key id of epoch 9 on a code of epoch 3", "WrongEpoch", made[9][:13] + made[3][13:], "token-mismatch")
    add(PATIENT, keys, "the key id of epoch 3 on a code of epoch 9", "WrongEpoch", made[3][:13] + made[9][13:], "token-mismatch")
    add(PATIENT, keys, "no profile", "Syntax", made[3][4:], "token-syntax")
    add(PATIENT, keys, "63 digits", "Syntax", made[3][:-1], "token-syntax")
    for fields, comment, reason in [
        ({"plan": "acme:1"}, "a plan in small letters", "plan"), ({"given": []}, "no given name", "name-empty"),
        ({"family": "Exa\u200dmple"}, "a zero-width joiner", "name-code-point"), ({"birthDate": "1990-02-30"}, "a date that is none", "birth-date"),
        ({"nationalId": "US-SSN:666-45-6789"}, "area 666", "national-id"),
    ]:
        add(patient(**fields), keys, comment, "Refused", made[3], reason)


def add_names(group):
    def add(raw, canonical, comment, flag, reason=None):
        raw = raw if isinstance(raw, bytes) else raw.encode("utf-8")
        try:
            got = tokens.canonical_name(raw.decode("utf-8"))
            found = None if got.encode("utf-8") == canonical.encode("utf-8") else "name-mismatch"
        except UnicodeDecodeError:
            found = "name-utf8"
        except tokens.Refused as refusal:
            found = str(refusal)
        assert found == reason, (comment, found, reason)
        group.add(comment, [flag], {"utf8": raw.hex(), "canonical": canonical.encode("utf-8").hex()}, reason)

    def pair(raw, right, wrong, comment, flag):
        """The right canonical form, and a likely wrong one."""
        add(raw, right, comment, flag)
        for text, how in wrong:
            add(raw, text, f"{comment}: {how}", flag, "name-mismatch")

    for code, comment in [
        ("eda080", "U+D800, the first surrogate"), ("edafbf", "U+DBFF"), ("edb080", "U+DC00"), ("edbfbf", "U+DFFF, the last surrogate"),
        ("eda0bdedb880", "a pair of surrogates (CESU-8)"), ("c080", "an overlong NUL"), ("c1bf", "an overlong U+007F"), ("e09fbf", "an overlong U+07FF"),
        ("f08fbfbf", "an overlong U+FFFF"), ("f4908080", "U+110000"), ("f5808080", "a byte F5"), ("f888808080", "five bytes"), ("80", "a stray continuation"),
        ("bf", "a stray continuation"), ("c3", "a truncated sequence of two"), ("e282", "a truncated sequence of three"), ("f09f98", "a truncated sequence of four"),
        ("ff", "a byte FF"), ("fe", "a byte FE"),
    ]:
        add(b"A" + bytes.fromhex(code) + b"b", "ab", comment + ", in a name", "UTF8", "name-utf8")
        add(bytes.fromhex(code), "", comment + ", alone", "UTF8", "name-utf8")
    add(bytes.fromhex("ed9fbbc3a9"), "\ud7fb\u00e9", "U+D7FB, below the surrogates", "UTF8")
    add(bytes.fromhex("eea080"), "", "U+E800, above the surrogates: private use", "CodePoint", "name-code-point")
    add("\U0001f600", "\U0001f600", "four bytes", "UTF8")
    for code_point, comment in [
        (0x00, "NUL"), (0x1F, "a C0 control"), (0x7F, "DELETE"), (0x80, "a C1 control"), (0x85, "NEXT LINE"), (0xAD, "a soft hyphen"),
        (0x061C, "the Arabic letter mark (bidi)"), (0x200E, "left-to-right mark (bidi)"), (0x200F, "right-to-left mark (bidi)"), (0x202A, "an embedding (bidi)"),
        (0x202B, "an embedding (bidi)"), (0x202C, "the end of an embedding (bidi)"), (0x202D, "an override (bidi)"), (0x202E, "an override (bidi)"),
        (0x2066, "an isolate (bidi)"), (0x2067, "an isolate (bidi)"), (0x2068, "an isolate (bidi)"), (0x2069, "the end of an isolate (bidi)"),
        (0x200B, "a zero-width space"), (0x200C, "ZWNJ"), (0x200D, "ZWJ, which NFKC keeps"), (0x2060, "a word joiner"), (0xFEFF, "a byte-order mark"),
        (0x2028, "the line separator"), (0x2029, "the paragraph separator"), (0xE000, "private use"), (0x10FFFD, "private use"), (0xFFFF, "a noncharacter"),
        (0x0378, "unassigned"), (0x0CF3, "assigned in Unicode 15.0"), (0x1E4D0, "assigned in Unicode 15.0"), (0x1C89, "assigned in Unicode 16.0"),
    ]:
        add("Exa" + chr(code_point) + "mple", "example", f"U+{code_point:04X}, {comment}: dropping it would be a guess", "CodePoint", "name-code-point")
    for code_point in sorted(tokens.DEFAULT_IGNORABLE - set(range(0xE0101, 0xE01EF))):
        add("Exa" + chr(code_point) + "mple", "example", f"U+{code_point:04X}, default-ignorable", "Invisible", "name-code-point")
    for raw, comment in [("", "no bytes"), (" ", "a space"), ("\u00a0\u2007\u202f", "no-break spaces"), ("\u3000", "an ideographic space")]:
        add(raw, "", comment, "Empty", "name-empty")
    for code_point in (0x2018, 0x2019, 0x02BC, 0x60, 0xB4, 0xFF07, 0xFF40):
        pair(f"O{chr(code_point)}Neill", "o'neill", [(f"o{chr(code_point)}neill", "not unified"), ("oneill", "dropped")], f"U+{code_point:04X} for an apostrophe", "Punctuation")
    for code_point in (0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D):
        pair(f"A{chr(code_point)}B", "a-b", [(f"a{chr(code_point)}b", "not unified"), ("a b", "a space")], f"U+{code_point:04X} for a hyphen", "Punctuation")
    for code_point in (0x02BB, 0x02B9, 0x201B, 0x2032, 0x05F3, 0x30FC, 0x2E3A, 0x00B7):
        pair(f"A{chr(code_point)}B", tokens.canonical_name(f"a{chr(code_point)}b"), [("a'b" if code_point != 0x30FC else "a-b", "unified all the same")],
             f"U+{code_point:04X} is neither apostrophe nor hyphen", "Punctuation")
    for code_point in (0x20, 0xA0, 0x1680, 0x2000, 0x2003, 0x2007, 0x2009, 0x202F, 0x205F, 0x3000):
        pair(f"{chr(code_point)}A {chr(code_point)} B{chr(code_point)}", "a b", [("a   b", "not one space"), ("ab", "dropped"), (" a b ", "not trimmed")],
             f"U+{code_point:04X} around and between", "Spaces")
    for raw, right, wrong, comment in [
        ("Jose\u0301", "jos\u00e9", "jose\u0301", "NFD becomes NFC"), ("Jos\u00e9", "jos\u00e9", "jose", "NFC stays"),
        ("\uff21\uff44\uff41", "ada", "\uff41\uff44\uff41", "full-width letters"), ("\uff76\uff9e", "\u30ac", "\uff76\uff9e", "half-width kana"),
        ("\ufb01nn", "finn", "\ufb01nn", "the ligature fi"), ("\ufb06", "st", "\ufb06", "the ligature st"), ("\u0132", "ij", "\u0133", "the ligature IJ"),
        ("\u1e9b\u0323", "\u1e69", "\u1e61\u0323", "marks in canonical order"), ("\u212b", "\u00e5", "\u212b", "the angstrom sign"),
        ("\u1100\u1161\u11a8", "\uac01", "\u1100\u1161\u11a8", "Hangul composes"), ("\u0344", "\u0308\u0301", "\u0344", "a composition exclusion"),
        ("\u2168", "ix", "\u2178", "a Roman numeral"), ("\u00bd", "1\u20442", "\u00bd", "one half"), ("\u0149x", "'nx", "\u02bcnx", "n preceded by apostrophe"),
    ]:
        pair(raw, right, [(wrong, "a wrong form")], comment, "Normalization")
    for raw, right, wrong, comment in [
        ("Strau\u00df", "strauss", "strau\u00df", "sharp s"), ("STRAU\u1e9e", "strauss", "strau\u00df", "capital sharp s"),
        ("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c3", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "final sigma"),
        ("\u0130pek", "i\u0307pek", "ipek", "capital I with dot"), ("\u0131rmak", "\u0131rmak", "irmak", "small dotless i"), ("I", "i", "\u0131", "capital I, no Turkish rule"),
        ("\u01c5", "d\u017e", "\u01c6", "a title-case digraph"), ("\u1fb3", "\u03b1\u03b9", "\u1fb3", "iota below"), ("\u0390", "\u0390", "\u03b9\u0308\u0301", "folds apart, composes again"),
        ("\u13f8", "\u13f0", "\u13f8", "Cherokee folds to capitals"), ("\uab70", "\u13a0", "\uab70", "Cherokee folds to capitals"), ("\u00b5", "\u03bc", "\u00b5", "the micro sign"),
        ("\U00010400", "\U00010428", "\U00010400", "Deseret, above U+FFFF"), ("\u0587", "\u0565\u0582", "\u0587", "an Armenian ligature"), ("\u017f", "s", "\u017f", "long s"),
        ("\u212a", "k", "\u212a", "the kelvin sign"),
    ]:
        pair(raw, right, [(wrong, "a wrong form")], comment, "CaseFold")
    for raw, right, wrong, comment in [
        ("M\u00fcller", "m\u00fcller", "muller", "a diaeresis"), ("M\u00fcller", "m\u00fcller", "mueller", "a diaeresis spelled out"), ("\u0141ukasz", "\u0142ukasz", "lukasz", "a stroke"),
        ("\u0410nna", "\u0430nna", "anna", "a Cyrillic a"), ("\u00d8rsted", "\u00f8rsted", "orsted", "a stroke"), ("A.B.", "a.b.", "ab", "full stops"),
        ("\u00c6", "\u00e6", "ae", "ae"), ("\u674e", "\u674e", "li", "Han"), ("A1", "a1", "a", "a digit"),
    ]:
        pair(raw, right, [(wrong, "not kept")], f"kept: {comment}", "Kept")
