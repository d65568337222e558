"""Keyed tokens for patients and providers (users-and-demos reference, section 5.3; FORMATS, `token`).

    derived = HKDF-SHA256(key, salt = empty, info = frame("ringwork/token/1", purpose, tenant, be64 epoch), 32)
    keyId   = first 8 hex digits of SHA-256("ringwork/token/1/id" || derived)
    token   = "rw1." keyId "." hex HMAC-SHA-256(derived, frame(item, item, ...)),   item = tag byte || field

Canonical forms are strict: what is not plainly right is refused, never guessed at.
"""

import datetime
import hashlib
import hmac
import re
import unicodedata

from framing import be64, frame

KIND, FAMILY, GIVEN, OTHER, BIRTH_DATE, NATIONAL_ID, PLAN, NPI, PROVIDER_NAME, TIN = range(1, 11)
PURPOSE_PREFIX = b"ringwork/token/1"


class Refused(Exception):
    """The reason code that a correct implementation reports."""


# ---------------------------------------------------------------- names

# Looked for before and again after normalisation: NFKC makes some of these, and destroys U+00B4.
APOSTROPHES = "\u2018\u2019\u02bc\u0060\u00b4"
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
PUNCTUATION = {**{ord(c): "'" for c in APOSTROPHES}, **{ord(c): "-" for c in HYPHENS}}

# The pinned version is Unicode 14.0. These were assigned later, and are in the vectors: refused whatever
# version the Python at hand knows.
ASSIGNED_AFTER_14 = {0x0CF3, 0x1C89, 0x1E4D0}


def check_code_points(text):
    """Refuse control, format, unassigned, private-use and surrogate code points, and line and paragraph separators."""
    for character in text:
        if ord(character) in ASSIGNED_AFTER_14 or unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"):
            raise Refused("name-code-point")


def canonical_name(text):
    """NFKC, full case folding, NFKC, with apostrophes, hyphens and spaces unified."""
    check_code_points(text)
    text = text.translate(PUNCTUATION)
    text = unicodedata.normalize("NFKC", text)
    text = text.casefold()
    text = unicodedata.normalize("NFKC", text)
    text = text.translate(PUNCTUATION)
    text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    text = re.sub(" +", " ", text).strip(" ")
    if not text:
        raise Refused("name-empty")
    return text


# ---------------------------------------------------------------- the other fields

def canonical_birth_date(text):
    """YYYY-MM-DD, ASCII digits, a date of the (proleptic) Gregorian calendar, years 1800 to 2199."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    try:
        year, month, day = (int(part) for part in match.groups())
        datetime.date(year, month, day)
    except (AttributeError, ValueError):
        raise Refused("birth-date") from None
    if not 1800 <= year <= 2199:
        raise Refused("birth-date")
    return text


def nine_digits(text, reason):
    """AAA-GG-SSSS, the separators (hyphen or space) optional: the three parts."""
    match = re.fullmatch(r"([0-9]{3})([- ]?)([0-9]{2})\2([0-9]{4})", text)
    if not match:
        raise Refused(reason)
    return match.group(1), match.group(3), match.group(4)


def ssn_digits(text, reason):
    """Area not 000, 666, 900-999; group not 00; serial not 0000."""
    area, middle, serial = nine_digits(text, reason)
    if area in ("000", "666") or area >= "900" or middle == "00" or serial == "0000":
        raise Refused(reason)
    return area + middle + serial


def canonical_national_id(text):
    if not text.startswith("US-SSN:"):
        raise Refused("national-id")
    return "US-SSN:" + ssn_digits(text[len("US-SSN:"):], "national-id")


def canonical_plan(text):
    """issuer:id, both 1 to 64 of A-Z, 0-9 and hyphen."""
    if not re.fullmatch(r"[A-Z0-9-]{1,64}:[A-Z0-9-]{1,64}", text):
        raise Refused("plan")
    return text


def luhn_holds(digits):
    """The Luhn check (ISO/IEC 7812-1): double every second digit from the right, sum all digits, mod 10."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0


def canonical_npi(text):
    """Ten digits, the first 1 or 2, Luhn over 80840 followed by the NPI."""
    if not re.fullmatch(r"[12][0-9]{9}", text) or not luhn_holds("80840" + text):
        raise Refused("npi")
    return text


def canonical_tin(text):
    """EIN:NN-NNNNNNN, SSN:AAA-GG-SSSS or ITIN:9AA-GG-SSSS; the canonical form has no separators."""
    scheme, _, rest = text.partition(":")
    if scheme == "EIN":
        match = re.fullmatch(r"([0-9]{2})-?([0-9]{7})", rest)
        if not match or match.group(1) == "00":
            raise Refused("tin")
        return "EIN:" + match.group(1) + match.group(2)
    if scheme == "SSN":
        return "SSN:" + ssn_digits(rest, "tin")
    if scheme == "ITIN":
        area, middle, serial = nine_digits(rest, "tin")
        group = int(middle)
        if area[0] != "9" or not (50 <= group <= 65 or 70 <= group <= 88 or 90 <= group <= 92 or 94 <= group <= 99):
            raise Refused("tin")
        return "ITIN:" + area + middle + serial
    raise Refused("tin")


# ---------------------------------------------------------------- tokens

def items_of(record):
    """The record's items in tag order: one tag byte, then the canonical field."""
    items = []
    def add(tag, text):
        items.append(bytes([tag]) + text.encode("utf-8"))
    if record["schema"] == "ringwork/patient/1":
        add(KIND, "patient")
        add(FAMILY, canonical_name(record["family"]))
        if not record["given"]:
            raise Refused("name-empty")
        for name in record["given"]:
            add(GIVEN, canonical_name(name))
        if record["other"] != "":
            add(OTHER, canonical_name(record["other"]))
        add(BIRTH_DATE, canonical_birth_date(record["birthDate"]))
        add(NATIONAL_ID, canonical_national_id(record["nationalId"]))
        add(PLAN, canonical_plan(record["plan"]))
    else:
        add(KIND, "provider")
        add(NPI, canonical_npi(record["npi"]))
        add(PROVIDER_NAME, canonical_name(record["name"]))
        add(TIN, canonical_tin(record["tin"]))
    return items


def hkdf(key, salt, info, length):
    """HKDF-SHA256 (RFC 5869); an empty salt is 32 zero bytes, as HMAC pads it anyway."""
    pseudorandom = hmac.new(salt or bytes(32), key, hashlib.sha256).digest()
    output, block, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.new(pseudorandom, block + info + bytes([counter]), hashlib.sha256).digest()
        output, counter = output + block, counter + 1
    return output[:length]


def derived_key(key, purpose, tenant, epoch):
    info = frame(PURPOSE_PREFIX, purpose.encode("utf-8"), tenant.encode("utf-8"), be64(epoch))
    return hkdf(key, b"", info, 32)


def key_id(derived):
    return hashlib.sha256(PURPOSE_PREFIX + b"/id" + derived).hexdigest()[:8]


def format_token(derived, message):
    return "rw1." + key_id(derived) + "." + hmac.new(derived, message, hashlib.sha256).hexdigest()


def token(record, key, purpose, tenant, epoch):
    return format_token(derived_key(key, purpose, tenant, epoch), frame(*items_of(record)))


def verify(record, key, purpose, tenant, epoch, claimed):
    """None when the claimed token is the record's, else the reason."""
    try:
        right = token(record, key, purpose, tenant, epoch)
    except Refused as refusal:
        return str(refusal)
    if not re.fullmatch(r"rw1\.[0-9a-f]{8}\.[0-9a-f]{64}", claimed):
        return "token-syntax"
    return None if claimed == right else "token-mismatch"
