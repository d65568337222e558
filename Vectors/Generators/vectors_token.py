"""Vector file for patient and provider tokens. Every person in it is invented."""

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
                "Names: refuse Cc, Cf, Cn, Co, Cs, Zl, Zp (Unicode 14.0); unify apostrophes and hyphens; NFKC; full case folding; NFKC; unify again; Zs to one space; trim.",
                "The record is checked first, in the order of its items, then the token's syntax, then its value. All persons are invented."],
        notes=NOTES, generator="Generators/vectors_token.py", checked_by=["RFC 5869 and RFC 4231 through the standard library"])
    Builder(file).run()
    return [file]


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
