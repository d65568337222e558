"""Keyed tokens for patients and providers (users-and-demos reference, section 5.3; FORMATS, `token`).

    derived = HKDF-SHA256(key, salt = empty, info = frame("ringwork/token/1", purpose, tenant, be64 epoch), 32)
    keyId   = first 8 hex digits of SHA-256("ringwork/token/1/id" || derived)
    token   = "rw1." keyId "." hex HMAC-SHA-256(derived, frame(item, item, ...)),   item = tag byte || field

The slow profile, "rw1s.": "ringwork/token-slow/1" in place of "ringwork/token/1", and the HMAC is over
scrypt(frame(item, item, ...), salt, N = 2^17, r = 8, p = 1, 32 bytes), salt = HKDF-SHA256(derived, "ringwork/token-slow/1/salt", 32).

Canonical forms are strict: what is not plainly right is refused, never guessed at.
"""

import datetime
import functools
import hashlib
import hmac
import re
import unicodedata

from framing import be64, frame

KIND, FAMILY, GIVEN, OTHER, BIRTH_DATE, NATIONAL_ID, PLAN, NPI, PROVIDER_NAME, TIN = range(1, 11)
PURPOSE_PREFIX = b"ringwork/token/1"
LABELS = {"rw1": PURPOSE_PREFIX, "rw1s": b"ringwork/token-slow/1"}


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

# DerivedCoreProperties.txt 14.0, Default_Ignorable_Code_Point: those that no refused category holds.
DEFAULT_IGNORABLE = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0,
                     *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


def check_code_points(text):
    """Refuse control, format, unassigned, private-use, surrogate and default-ignorable code points, and line and paragraph separators."""
    for character in text:
        if ord(character) in ASSIGNED_AFTER_14 or ord(character) in DEFAULT_IGNORABLE or unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"):
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


def nhs_digits(text):
    """Ten digits, NNN NNN NNNN with spaces or hyphens or neither; weights 10 to 2, 11 minus the remainder is the last."""
    match = re.fullmatch(r"([0-9]{3})([- ]?)([0-9]{3})\2([0-9]{4})", text)
    if not match:
        raise Refused("national-id")
    digits = match.group(1) + match.group(3) + match.group(4)
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    if check == 10 or check % 11 != int(digits[9]):
        raise Refused("national-id")
    return digits


def canonical_national_id(text):
    scheme, _, number = text.partition(":")
    if scheme == "US-SSN":
        return "US-SSN:" + ssn_digits(number, "national-id")
    if scheme == "GB-NHS":
        return "GB-NHS:" + nhs_digits(number)
    raise Refused("national-id")


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


# The prefixes of the Internal Revenue Service's list, office by office.
EIN_PREFIXES = {
    "Andover": "10 12", "Atlanta": "60 67", "Austin": "50 53", "Cincinnati": "30 32 35 36 37 38 61", "Fresno": "15 24",
    "Brookhaven": "01 02 03 04 05 06 11 13 14 16 21 22 23 25 34 51 52 54 55 56 57 58 59 65", "Kansas City": "40 44",
    "Memphis": "94 95", "Ogden": "80 90", "Small Business Administration": "31",
    "Philadelphia": "33 39 41 42 43 46 48 62 63 64 66 68 71 72 73 74 75 76 77 85 86 87 88 91 92 93 98 99",
    "Internet": "20 26 27 45 46 47 81 82 83 84 85 86 87 88",
}


def canonical_tin(text):
    """EIN:NN-NNNNNNN, SSN:AAA-GG-SSSS or ITIN:9AA-GG-SSSS; the canonical form has no separators."""
    scheme, _, rest = text.partition(":")
    if scheme == "EIN":
        match = re.fullmatch(r"([0-9]{2})-?([0-9]{7})", rest)
        if not match or match.group(1) not in " ".join(EIN_PREFIXES.values()).split():
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


def derived_key(key, purpose, tenant, epoch, version="rw1"):
    info = frame(LABELS[version], purpose.encode("utf-8"), tenant.encode("utf-8"), be64(epoch))
    return hkdf(key, b"", info, 32)


def key_id(derived, version="rw1"):
    return hashlib.sha256(LABELS[version] + b"/id" + derived).hexdigest()[:8]


def format_token(derived, message, version="rw1"):
    """The token of an HMAC over message, which the slow profile has stretched before."""
    return version + "." + key_id(derived, version) + "." + hmac.new(derived, message, hashlib.sha256).hexdigest()


def slow_salt(derived):
    return hkdf(derived, b"", LABELS["rw1s"] + b"/salt", 32)


@functools.lru_cache(maxsize=None)
def scrypt(message, salt, log_n=17, r=8, p=1):
    return hashlib.scrypt(message, salt=salt, n=1 << log_n, r=r, p=p, maxmem=1 << 29, dklen=32)


def token(record, key, purpose, tenant, epoch, version="rw1"):
    derived, message = derived_key(key, purpose, tenant, epoch, version), frame(*items_of(record))
    if version == "rw1s":
        message = scrypt(message, slow_salt(derived))
    return format_token(derived, message, version)


def verify(record, key, purpose, tenant, epoch, claimed):
    """None when the claimed token is the record's, else the reason. The token names its profile."""
    try:
        items_of(record)
    except Refused as refusal:
        return str(refusal)
    match = re.fullmatch(r"(rw1s?)\.([0-9a-f]{8})\.[0-9a-f]{64}", claimed)
    if not match:
        return "token-syntax"
    version, identifier = match.groups()
    if identifier != key_id(derived_key(key, purpose, tenant, epoch, version), version):
        return "token-mismatch"
    return None if claimed == token(record, key, purpose, tenant, epoch, version) else "token-mismatch"


def match_epoch(record, keys, purpose, tenant, claimed):
    """The epoch among keys (epoch, key) whose token of the record is the claimed one; raises the reason."""
    items_of(record)
    match = re.fullmatch(r"(rw1s?)\.([0-9a-f]{8})\.[0-9a-f]{64}", claimed)
    if not match:
        raise Refused("token-syntax")
    version, identifier = match.groups()
    named = [(epoch, key) for epoch, key in keys
             if key_id(derived_key(key, purpose, tenant, epoch, version), version) == identifier]
    if not named:
        raise Refused("key-unknown")
    for epoch, key in named:
        if token(record, key, purpose, tenant, epoch, version) == claimed:
            return epoch
    raise Refused("token-mismatch")
