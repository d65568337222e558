"""The companion ring signatures themselves (ring-signatures reference, section 4).

Exponents are taken mod q. Each scheme has a layout (the order of its values in the compact encoding, all of fixed
width), a signer that takes its randomness from a table, and the equation that a verifier checks. Places count from 0.
"""

from dataclasses import dataclass

from companions import Statement, scalar
from framing import be32

ELEMENT, SCALAR = "element", "scalar"


@dataclass(frozen=True)
class Part:
    """One named value or list of values in the encoding; `count` None means a single value."""

    name: str
    kind: str
    count: int
    reason: str


class Scheme:
    """What all schemes have in common: cutting an encoding, and judging it."""

    name = ""
    title = ""
    equations = ""
    tag = None        # the name of the linking tag's field
    relation = None   # "Link" or "Trace" where two signatures can be compared
    extra = None      # the name of the statement's number, where the scheme has one
    secret = ""       # the purpose of the nonce
    lists = ()        # the purposes of the lists of one scalar a member
    response_field = None
    skipped_quirks = ()
    quirks = []       # the scheme's own mistakes: (quirk, flag, comment)
    binds_ring_elsewhere = False    # the ring is in a base as well as in pre
    substitution_breaks_tag = False  # a second equation stands in the way of attack A16

    def header(self):
        return [self.equations, "The number of values is fixed by the ring" + (f" and {self.extra}" if self.extra else "") + "; all have fixed width, big-endian. fields spells them by name where the signature is valid.",
                "Sign: signing with the secret exponents and the randomness given makes exactly this signature; a signer's own places in the lists are not used (0). Reasons: those of the ring, signer-not-in-ring, unusable-randomness, signature-mismatch."]

    def randomness(self):
        """The names of the lists that signing takes."""
        return (self.secret, *self.lists)

    def field_names(self):
        """The names of the values, and whether each is a list."""
        statement = Statement(None, self.name, (b"",) * 4, b"", b"", extra=1)
        return {part.name: part.count is not None for part in self.layout(statement)}

    def ring_size(self, n):
        return n

    def choose_extra(self, n, turn):
        return 0

    def statement_fault(self, statement):
        """What the scheme itself demands of a ring and its number, or None."""
        return None

    def draw(self, statement, places, drbg):
        draws = {self.secret: [drbg.below(statement.group.q) for _ in places]}
        for name in self.lists:
            draws[name] = [0 if i in places else drbg.below(statement.group.q) for i in range(statement.n)]
        return draws

    def needed_draw(self, statement, places, name):
        """A place in a list of randomness that signing uses, or None."""
        if name == self.secret:
            return 0
        return next((i for i in range(statement.n) if i not in places), None)

    def substituted(self, statement, values, index, e):
        """Attack A16: the values after y_index was multiplied by g^e."""
        responses = list(values[self.response_field])
        responses[index] = (responses[index] - self.challenges(statement, values)[index] * e) % statement.group.q
        return {**values, self.response_field: responses}

    def layout(self, statement):
        raise NotImplementedError

    def length(self, statement):
        width = {ELEMENT: statement.group.le, SCALAR: statement.group.lq}
        return sum(width[part.kind] * (1 if part.count is None else part.count) for part in self.layout(statement))

    def cut(self, statement, data):
        """The encoding cut into raw values, by name; the length is right."""
        group, values, at = statement.group, {}, 0
        for part in self.layout(statement):
            width = group.le if part.kind == ELEMENT else group.lq
            raw = []
            for _ in range(1 if part.count is None else part.count):
                raw.append(data[at:at + width])
                at += width
            values[part.name] = raw[0] if part.count is None else raw
        return values

    def join(self, statement, raw):
        return b"".join(raw[part.name] if part.count is None else b"".join(raw[part.name])
                        for part in self.layout(statement))

    def encode(self, statement, values):
        """The compact encoding of decoded values."""
        group = statement.group
        write = {ELEMENT: group.encode, SCALAR: group.eq}
        raw = {part.name: write[part.kind](values[part.name]) if part.count is None
               else [write[part.kind](value) for value in values[part.name]] for part in self.layout(statement)}
        return self.join(statement, raw)

    def decode(self, statement, data):
        """(values, None) or (None, reason)."""
        if len(data) != self.length(statement):
            return None, "wrong-length"
        raw, values = self.cut(statement, data), {}
        for part in self.layout(statement):
            read = statement.group.decode if part.kind == ELEMENT else lambda value: scalar(statement.group, value)
            decoded = [read(value) for value in ([raw[part.name]] if part.count is None else raw[part.name])]
            if any(value is None for value in decoded):
                return None, part.reason
            values[part.name] = decoded[0] if part.count is None else decoded
        return values, None

    def fault(self, statement, data):
        """Why the signature is refused, or None."""
        values, reason = self.decode(statement, data)
        return reason or (None if self.holds(statement, values) else "ring-equation")

    def sign(self, statement, seats, draws):
        """The values by the members at the seats, each a place and a secret exponent."""
        raise NotImplementedError

    def holds(self, statement, values):
        raise NotImplementedError

    def challenges(self, statement, values):
        """c_0 ... c_{n-1}, for the key substitution."""
        raise NotImplementedError


def commitment(statement, base, s, element, c):
    """base^s * element^c; the quirk is the other sign convention."""
    return statement.group.product((base, s), (element, -c if "plus" in statement.quirks else c))


def response(statement, nonce, c, x):
    return (nonce + c * x if "plus" in statement.quirks else nonce - c * x) % statement.group.q


class AOS(Scheme):
    """Abe, Ohkubo, Suzuki 2002: c_{i+1} = H_q(pre, i+1, g^{s_i} y_i^{c_i}); sigma = (c_0, s_0 ... s_{n-1})."""

    name, title, secret, lists = "aos", "AOS ring signature", "u", ("s",)
    equations = "c_{i+1} = H_q(\"companion\", pre, i+1 mod n, g^s_i*y_i^c_i), s_pi = u - c_pi*x; signature = c_0, s_0 ... s_{n-1}; scheme \"aos\"."
    response_field = "s"
    quirks = [("index-not-hashed", "WrongPreimage", "challenges without the index"),
              ("index-not-reduced", "WrongPreimage", "the last challenge with the index n in place of 0")]

    def layout(self, statement):
        return [Part("c", SCALAR, None, "c-out-of-range"), Part("s", SCALAR, statement.n, "s-out-of-range")]

    def next(self, statement, place, values, *commitments):
        """c_{place+1}; the index is taken mod n."""
        index = place + 1 if "index-not-reduced" in statement.quirks else (place + 1) % statement.n
        items = [] if "index-not-hashed" in statement.quirks else [be32(index)]
        return statement.challenge(*items, *statement.encoded(*commitments))

    def link(self, statement, place, values, c):
        return [commitment(statement, statement.group.g, values["s"][place], statement.elements[place], c)]

    def start(self, statement, values, nonce):
        return [statement.group.power(statement.group.g, nonce)]

    def values_before(self, statement, x):
        return {}

    def sign(self, statement, seats, draws):
        (place, x), n = seats[0], statement.n
        values = self.values_before(statement, x)
        values.update(s=list(draws["s"]))
        u = draws["u"][0]
        challenges = [None] * n
        c = self.next(statement, place, values, *self.start(statement, values, u))
        for step in range(1, n):
            i = (place + step) % n
            challenges[i] = c
            c = self.next(statement, i, values, *self.link(statement, i, values, c))
        challenges[place] = c
        values["s"][place] = response(statement, u, c, x)
        values["c"] = challenges[0]
        return values

    def walk(self, statement, values):
        chain = [values["c"]]
        for i in range(statement.n):
            chain.append(self.next(statement, i, values, *self.link(statement, i, values, chain[i])))
        return chain

    def holds(self, statement, values):
        return self.walk(statement, values)[-1] == values["c"]

    def challenges(self, statement, values):
        return self.walk(statement, values)[:-1]


class LSAG(AOS):
    """Liu, Wei, Wong 2004: AOS with tau = h^x and a second commitment h^{s_i} tau^{c_i}."""

    name, title = "lsag", "LSAG linkable ring signature"
    equations = "h = H_G(\"companion\", parameters, \"lsag\", \"link\", context), tau = h^x, c_{i+1} = H_q(\"companion\", pre, i+1 mod n, tau, g^s_i*y_i^c_i, h^s_i*tau^c_i), s_pi = u - c_pi*x; signature = tau, c_0, s_0 ... s_{n-1}; scheme \"lsag\". Link: both valid in one context; linked where tau is the same."
    tag, relation, substitution_breaks_tag = "tau", "Link", True
    quirks = AOS.quirks + [
        ("tag-not-hashed", "WrongPreimage", "challenges without the tag"),
        ("logarithm-known", "Tag", "h = g^hash, whose logarithm everybody knows (attack A14)"),
        ("paper-base", "Tag", "h of the paper's scheme")]

    def layout(self, statement):
        return [Part("tau", ELEMENT, None, "tag-not-in-group")] + AOS.layout(self, statement)

    def h(self, statement):
        return statement.base("link", statement.context)

    def values_before(self, statement, x):
        return {"tau": tag_of(statement, self.h(statement), x)}

    def next(self, statement, place, values, *commitments):
        hashed = commitments if "tag-not-hashed" in statement.quirks else (values["tau"], *commitments)
        return AOS.next(self, statement, place, values, *hashed)

    def link(self, statement, place, values, c):
        s = values["s"][place]
        return AOS.link(self, statement, place, values, c) + [commitment(statement, self.h(statement), s, values["tau"], c)]

    def start(self, statement, values, nonce):
        return [statement.group.power(base, nonce) for base in (statement.group.g, self.h(statement))]


def tag_of(statement, h, x):
    """h^x; the quirk negates it, which leaves the subgroup (attack A15)."""
    tag = statement.group.power(h, x)
    return statement.group.p - tag if "negated-tag" in statement.quirks else tag


class FranklinZhang(Scheme):
    """Franklin, Zhang 2012: a_j = g^{t_j} y_j^{c_j}, b_j = h^{t_j} tau^{c_j}, sum c_j = H_q(pre, h, tau, {a_j, b_j})."""

    name, title, secret, lists = "franklin-zhang", "Franklin-Zhang unique ring signature", "w", ("c", "t")
    equations = "h = H_G(\"companion\", parameters, \"franklin-zhang\", \"link\", context), tau = h^x, a_j = g^t_j*y_j^c_j, b_j = h^t_j*tau^c_j, sum c_j = H_q(\"companion\", pre, h, tau, a_0, b_0 ... a_{n-1}, b_{n-1}), t_pi = w - c_pi*x; signature = tau, c_0 ... c_{n-1}, t_0 ... t_{n-1}; scheme \"franklin-zhang\". Link: both valid in one context; linked where tau is the same."
    tag, relation, substitution_breaks_tag = "tau", "Link", True
    response_field = "t"
    quirks = [
        ("base-not-hashed", "WrongPreimage", "the challenge without h"),
        ("tag-not-hashed", "WrongPreimage", "the challenge without the tag"),
        ("rows", "WrongPreimage", "all a_j before all b_j"),
        ("logarithm-known", "Tag", "h = g^hash, whose logarithm everybody knows (attack A14)"),
        ("paper-base", "Tag", "h of the paper's scheme")]

    def layout(self, statement):
        return [Part("tau", ELEMENT, None, "tag-not-in-group"), Part("c", SCALAR, statement.n, "c-out-of-range"),
                Part("t", SCALAR, statement.n, "s-out-of-range")]

    def h(self, statement):
        return statement.base("link", statement.context)

    def total(self, statement, values, pairs):
        fixed = [] if "base-not-hashed" in statement.quirks else [self.h(statement)]
        fixed += [] if "tag-not-hashed" in statement.quirks else [values["tau"]]
        if "rows" in statement.quirks:  # all a_j, then all b_j
            pairs = [a for a, _ in pairs] + [b for _, b in pairs]
        else:
            pairs = [element for pair in pairs for element in pair]
        return statement.challenge(*statement.encoded(*fixed, *pairs))

    def pair(self, statement, j, values):
        c, t = values["c"][j], values["t"][j]
        return (commitment(statement, statement.group.g, t, statement.elements[j], c),
                commitment(statement, self.h(statement), t, values["tau"], c))

    def sign(self, statement, seats, draws):
        (place, x), group, h, w = seats[0], statement.group, self.h(statement), draws["w"][0]
        values = {"tau": tag_of(statement, h, x), "c": list(draws["c"]), "t": list(draws["t"])}
        pairs = [(group.power(group.g, w), group.power(h, w)) if j == place else self.pair(statement, j, values)
                 for j in range(statement.n)]
        others = sum(c for j, c in enumerate(values["c"]) if j != place)
        values["c"][place] = (self.total(statement, values, pairs) - others) % group.q
        values["t"][place] = response(statement, w, values["c"][place], x)
        return values

    def holds(self, statement, values):
        pairs = [self.pair(statement, j, values) for j in range(statement.n)]
        return sum(values["c"]) % statement.group.q == self.total(statement, values, pairs)

    def challenges(self, statement, values):
        return values["c"]


class FujisakiSuzuki(Scheme):
    """Fujisaki, Suzuki 2007: tags sigma_j = A_0 * A_1^{j+1} on a line through h^x at the signer's place."""

    name, title, secret, lists = "fujisaki-suzuki", "Fujisaki-Suzuki traceable ring signature", "w", ("c", "z")
    equations = "The context is the issue. h = H_G(\"companion\", parameters, \"fujisaki-suzuki\", \"link\", issue, n, y_0 ... y_{n-1}), A0 = H_G(..., \"message\", issue, n, y_0 ... y_{n-1}, M), A1 = (h^x/A0)^(1/(pi+1)), sigma_j = A0*A1^(j+1), a_j = g^z_j*y_j^c_j, b_j = h^z_j*sigma_j^c_j, sum c_j = H_q(\"companion\", pre, h, A0, A1, a_0, b_0 ... a_{n-1}, b_{n-1}), z_pi = w - c_pi*x; signature = A1, c_0 ... c_{n-1}, z_0 ... z_{n-1}. Trace: both valid; linked where all sigma_j are the same, the double signer where exactly one is, else independent."
    tag, relation, substitution_breaks_tag, binds_ring_elsewhere = "A1", "Trace", True, True
    response_field = "z"
    quirks = [
        ("base-not-hashed", "WrongPreimage", "the challenge without h"),
        ("tag-not-hashed", "WrongPreimage", "the challenge without A1"),
        ("origin-not-hashed", "WrongPreimage", "the challenge without A0"),
        ("rows", "WrongPreimage", "all a_j before all b_j"),
        ("ring-not-in-base", "Tag", "h and A0 without the ring"),
        ("message-not-in-origin", "Tag", "A0 without the message: no trace"),
        ("logarithm-known", "Tag", "h and A0 = g^hash, whose logarithms everybody knows (attack A14)"),
        ("places-by-two", "Tag", "places counted 2, 4, 6 ...")]

    def layout(self, statement):
        return [Part("A1", ELEMENT, None, "tag-not-in-group"), Part("c", SCALAR, statement.n, "c-out-of-range"),
                Part("z", SCALAR, statement.n, "s-out-of-range")]

    def bases(self, statement):
        """h and A_0."""
        ring = () if "ring-not-in-base" in statement.quirks else (be32(statement.n), *statement.ring)
        message = () if "message-not-in-origin" in statement.quirks else (statement.message,)
        return (statement.base("link", statement.context, *ring),
                statement.base("message", statement.context, *ring, *message))

    def factor(self, statement, j):
        return 2 * (j + 1) if "places-by-two" in statement.quirks else j + 1

    def tags(self, statement, values):
        group, (_, origin) = statement.group, self.bases(statement)
        if "negated-tag" in statement.quirks:
            # What a verifier without the membership test computes: a running product.
            tags, last = [], origin
            for _ in range(statement.n):
                last = last * values["A1"] % group.p
                tags.append(last)
            return tags
        return [group.mul(origin, group.power(values["A1"], self.factor(statement, j))) for j in range(statement.n)]

    def total(self, statement, values, pairs):
        h, origin = self.bases(statement)
        fixed = [] if "base-not-hashed" in statement.quirks else [h]
        fixed += [] if "origin-not-hashed" in statement.quirks else [origin]
        fixed += [] if "tag-not-hashed" in statement.quirks else [values["A1"]]
        if "rows" in statement.quirks:
            pairs = [a for a, _ in pairs] + [b for _, b in pairs]
        else:
            pairs = [element for pair in pairs for element in pair]
        return statement.challenge(*statement.encoded(*fixed, *pairs))

    def pair(self, statement, j, values, tags):
        c, z = values["c"][j], values["z"][j]
        return (commitment(statement, statement.group.g, z, statement.elements[j], c),
                commitment(statement, self.bases(statement)[0], z, tags[j], c))

    def sign(self, statement, seats, draws):
        (place, x), group, w = seats[0], statement.group, draws["w"][0]
        h, origin = self.bases(statement)
        inverse = pow(self.factor(statement, place), -1, group.q)
        slope = group.power(group.mul(group.power(h, x), group.inv(origin)), inverse)
        if slope == group.identity:
            return None
        if "negated-tag" in statement.quirks:
            slope = group.p - slope
        values = {"A1": slope, "c": list(draws["c"]), "z": list(draws["z"])}
        tags = self.tags(statement, values)
        pairs = [(group.power(group.g, w), group.power(h, w)) if j == place else self.pair(statement, j, values, tags)
                 for j in range(statement.n)]
        others = sum(c for j, c in enumerate(values["c"]) if j != place)
        values["c"][place] = (self.total(statement, values, pairs) - others) % group.q
        values["z"][place] = response(statement, w, values["c"][place], x)
        return values

    def holds(self, statement, values):
        tags = self.tags(statement, values)
        pairs = [self.pair(statement, j, values, tags) for j in range(statement.n)]
        return sum(values["c"]) % statement.group.q == self.total(statement, values, pairs)

    def challenges(self, statement, values):
        return values["c"]


class CDS(Scheme):
    """Cramer, Damgard, Schoenmakers 1994: c_i = f(i+1), f of degree n-t, f(0) = H_q(pre, t, a_0 ... a_{n-1})."""

    name, title, secret, lists = "cds", "CDS threshold ring signature", "w", ("c", "s")
    equations = "f is the polynomial mod q of degree at most n-t through its first n-t+1 values, c_i = f(i+1), a_i = g^s_i*y_i^c_i, f(0) = H_q(\"companion\", pre, t, a_0 ... a_{n-1}), t in 4 bytes, s_i = w_i - c_i*x_i for the t signers; signature = f(0) ... f(n-t), s_0 ... s_{n-1}; scheme \"cds\". The threshold t is given with the ring, in 1 ... n (else parameter-out-of-range, before the length). The nonces w are the signers' in the order of the ring."
    extra = "threshold"
    response_field = "s"
    quirks = [("threshold-not-hashed", "Threshold", "the challenge without the threshold"),
              ("points-from-0", "WrongPreimage", "c_i = f(i+2) in place of f(i+1)")]

    def choose_extra(self, n, turn):
        return [2, 1, 3][turn] if n > 2 else 1

    def statement_fault(self, statement):
        return None if 1 <= statement.extra <= statement.n else "parameter-out-of-range"

    def layout(self, statement):
        return [Part("f", SCALAR, statement.n - statement.extra + 1, "c-out-of-range"),
                Part("s", SCALAR, statement.n, "s-out-of-range")]

    def point(self, statement, i):
        """Where f gives the challenge of member i."""
        return i + 2 if "points-from-0" in statement.quirks else i + 1

    def total(self, statement, commitments):
        t = [] if "threshold-not-hashed" in statement.quirks else [be32(statement.extra)]
        return statement.challenge(*t, *statement.encoded(*commitments))

    def sign(self, statement, seats, draws):
        group, n = statement.group, statement.n
        secrets = dict(seats)
        nonces = dict(zip(sorted(secrets), draws["w"]))
        commitments = [group.power(group.g, nonces[i]) if i in secrets else
                       commitment(statement, group.g, draws["s"][i], statement.elements[i], draws["c"][i]) for i in range(n)]
        known = {self.point(statement, i): draws["c"][i] for i in range(n) if i not in secrets}
        known[0] = self.total(statement, commitments)
        s = list(draws["s"])
        for i, x in secrets.items():
            s[i] = response(statement, nonces[i], interpolate(group.q, known, self.point(statement, i)), x)
        return {"f": [interpolate(group.q, known, v) for v in range(n - statement.extra + 1)], "s": s}

    def holds(self, statement, values):
        group, c = statement.group, self.challenges(statement, values)
        commitments = [commitment(statement, group.g, s, y, ci) for s, y, ci in zip(values["s"], statement.elements, c)]
        return values["f"][0] == self.total(statement, commitments)

    def challenges(self, statement, values):
        known = dict(enumerate(values["f"]))
        return [interpolate(statement.group.q, known, self.point(statement, i)) for i in range(statement.n)]


def interpolate(q, known, x):
    """Lagrange: the value at x of the polynomial of least degree through the known points, mod q."""
    result = 0
    for i, value in known.items():
        top, bottom = value, 1
        for j in known:
            if j != i:
                top, bottom = top * (x - j) % q, bottom * (i - j) % q
        result += top * pow(bottom, -1, q)
    return result % q


class DualRing(Scheme):
    """Yuen et al. 2021: R = g^z * prod y_i^{c_i}, sum c_i = H_q(pre, R)."""

    name, title, secret, lists = "dualring", "DualRing ring signature", "r", ("c",)
    equations = "R = g^z * y_0^c_0 * ... * y_{n-1}^c_{n-1}, sum c_i = H_q(\"companion\", pre, R), z = r - c_pi*x; signature = c_0 ... c_{n-1}, z; scheme \"dualring\"."
    response_field = "z"

    def layout(self, statement):
        return [Part("c", SCALAR, statement.n, "c-out-of-range"), Part("z", SCALAR, None, "s-out-of-range")]

    def product(self, statement, c, z):
        sign = -1 if "plus" in statement.quirks else 1
        return statement.group.product((statement.group.g, z), *((y, sign * ci) for y, ci in zip(statement.elements, c)))

    def sign(self, statement, seats, draws):
        (place, x), group, r = seats[0], statement.group, draws["r"][0]
        c = [0 if i == place else ci for i, ci in enumerate(draws["c"])]
        R = self.product(statement, c, r)
        c[place] = (statement.challenge(*statement.encoded(R)) - sum(c)) % group.q
        return {"c": c, "z": response(statement, r, c[place], x)}

    def holds(self, statement, values):
        R = self.product(statement, values["c"], values["z"])
        return sum(values["c"]) % statement.group.q == statement.challenge(*statement.encoded(R))

    def challenges(self, statement, values):
        return values["c"]

    def substituted(self, statement, values, index, e):
        return {**values, "z": (values["z"] - values["c"][index] * e) % statement.group.q}


class GrothKohlweiss(Scheme):
    """Groth, Kohlweiss 2015 over N = 2^m keys, with the tag of Triptych (2020)."""

    name, title = "groth-kohlweiss", "Groth-Kohlweiss ring signature with the Triptych tag"
    equations = "h = H_G(\"companion\", parameters, \"groth-kohlweiss\", \"commit\"), U = H_G(..., \"link\", context), J = U^(1/x), l_j the bits of the signer's place, lowest first; L_j = h^l_j*g^r_j, A_j = h^a_j*g^s_j, B_j = h^(l_j*a_j)*g^t_j, D_k = prod y_i^p_ik * g^rho_k, Y_k = J^rho_k, p_i(X) = prod f_j[bit j of i], f_j[1] = l_j*X + a_j, f_j[0] = X - f_j[1]; xi = H_q(\"companion\", pre, h, U, J, L, A, B, D, Y), f_j = l_j*xi + a_j, alpha_j = r_j*xi + s_j, beta_j = r_j*(xi - f_j) + t_j, z = x*xi^m - sum rho_k*xi^k; signature = J, L_0 ..., D_1 ..., Y_1 ..., xi, f, alpha, beta, z. The verifier computes A, B, D_0, Y_0: A_j = h^f_j*g^alpha_j*L_j^-xi, B_j = g^beta_j*L_j^(f_j-xi), D_0 = prod y_i^p_i(xi) * prod D_k^(-xi^k) * g^-z, Y_0 = U^(xi^m) * prod Y_k^(-xi^k) * J^-z. The ring has a power of two members (else parameter-out-of-range, before the length). Link: both valid in one context; linked where J is the same. Sign: element-not-in-group where an L, D or Y that is sent would be 1."
    tag, relation, substitution_breaks_tag = "J", "Link", True
    response_field = "z"
    names = ("a", "r", "s", "t", "rho")
    skipped_quirks = ("plus",)
    quirks = [
        ("tag-not-hashed", "WrongPreimage", "the challenge without the tag"),
        ("bases-not-hashed", "WrongPreimage", "the challenge without h and U"),
        ("highest-bit-first", "WrongPreimage", "the bits of a place counted from the highest"),
        ("logarithm-known", "Tag", "h and U = g^hash, whose logarithms everybody knows (attack A14)")]

    def randomness(self):
        return self.names

    def ring_size(self, n):
        return {2: 2, 3: 4, 4: 8}[n]

    def statement_fault(self, statement):
        return "parameter-out-of-range" if statement.n & (statement.n - 1) else None

    def m(self, statement):
        return statement.n.bit_length() - 1

    def draw(self, statement, places, drbg):
        return {name: [drbg.below(statement.group.q) for _ in range(self.m(statement))] for name in self.names}

    def needed_draw(self, statement, places, name):
        return self.m(statement) - 1

    def layout(self, statement):
        m = self.m(statement)
        return [Part("J", ELEMENT, None, "tag-not-in-group"), Part("L", ELEMENT, m, "element-not-in-group"),
                Part("D", ELEMENT, m - 1, "element-not-in-group"), Part("Y", ELEMENT, m - 1, "element-not-in-group"),
                Part("xi", SCALAR, None, "c-out-of-range"), Part("f", SCALAR, m, "s-out-of-range"),
                Part("alpha", SCALAR, m, "s-out-of-range"), Part("beta", SCALAR, m, "s-out-of-range"),
                Part("z", SCALAR, None, "s-out-of-range")]

    def bases(self, statement):
        return statement.base("commit"), statement.base("link", statement.context)

    def bit(self, statement, i, j):
        return (i >> (self.m(statement) - 1 - j if "highest-bit-first" in statement.quirks else j)) & 1

    def total(self, statement, J, *rows):
        h, U = self.bases(statement)
        fixed = [] if "bases-not-hashed" in statement.quirks else [h, U]
        fixed += [] if "tag-not-hashed" in statement.quirks else [J]
        if "products-not-hashed" in statement.quirks:
            rows = rows[:2] + rows[3:]
        return statement.challenge(*statement.encoded(*fixed, *(element for row in rows for element in row)))

    def sign(self, statement, seats, draws):
        """The quirk "not-a-bit" takes two keys and l_0 = 2, for a tag that belongs to neither."""
        (place, x), group, m = seats[0], statement.group, self.m(statement)
        q, h, U = group.q, *self.bases(statement)
        a, r, s, t, rho = (draws[name] for name in self.names)
        bits = [self.bit(statement, place, j) for j in range(m)]
        if "not-a-bit" in statement.quirks:
            bits[0] = 2
            by_bit = {self.bit(statement, i, 0): xi for i, xi in seats}
            x = (2 * by_bit[1] - by_bit[0]) % q
            if x == 0:
                return None
        J = group.power(U, pow(x, -1, q))
        if "negated-tag" in statement.quirks:
            J = group.p - J
        L = [group.product((h, bits[j]), (group.g, r[j])) for j in range(m)]
        A = [group.product((h, a[j]), (group.g, s[j])) for j in range(m)]
        B = [group.product((h, bits[j] * a[j]), (group.g, t[j])) for j in range(m)]
        polynomials = []
        for i in range(statement.n):
            p = [1]
            for j in range(m):  # f_j[1] = a_j + l_j X, f_j[0] = -a_j + (1 - l_j) X
                low, high = (a[j], bits[j]) if self.bit(statement, i, j) else (-a[j], 1 - bits[j])
                p = [(low * (p[k] if k < len(p) else 0) + high * (p[k - 1] if k else 0)) % q for k in range(len(p) + 1)]
            polynomials.append(p)
        D = [group.product(*((y, p[k]) for y, p in zip(statement.elements, polynomials)), (group.g, rho[k])) for k in range(m)]
        Y = [group.power(J, rho[k]) for k in range(m)]
        if any(e == group.identity for e in L + D[1:] + Y[1:]):
            return None
        xi = self.total(statement, J, L, A, B, D, Y)
        f = [(bits[j] * xi + a[j]) % q for j in range(m)]
        return {"J": J, "L": L, "D": D[1:], "Y": Y[1:], "xi": xi, "f": f,
                "alpha": [(r[j] * xi + s[j]) % q for j in range(m)],
                "beta": [(r[j] * (xi - f[j]) + t[j]) % q for j in range(m)],
                "z": (x * pow(xi, m, q) - sum(rho[k] * pow(xi, k, q) for k in range(m))) % q}

    def values_at(self, statement, values):
        """p_0(xi) ... p_{n-1}(xi)."""
        q, xi, result = statement.group.q, values["xi"], []
        for i in range(statement.n):
            product = 1
            for j, f in enumerate(values["f"]):
                product = product * (f if self.bit(statement, i, j) else xi - f) % q
            result.append(product)
        return result

    def holds(self, statement, values):
        group, m, (h, U) = statement.group, self.m(statement), self.bases(statement)
        q, xi, z = group.q, values["xi"], values["z"]
        A = [group.product((h, f), (group.g, alpha), (L, -xi)) for f, alpha, L in zip(values["f"], values["alpha"], values["L"])]
        B = [group.product((group.g, beta), (L, f - xi)) for f, beta, L in zip(values["f"], values["beta"], values["L"])]
        powers = [pow(xi, k, q) for k in range(m + 1)]
        D0 = group.product(*zip(statement.elements, self.values_at(statement, values)),
                           *((D, -powers[k + 1]) for k, D in enumerate(values["D"])), (group.g, -z))
        Y0 = group.product((U, powers[m]), *((Y, -powers[k + 1]) for k, Y in enumerate(values["Y"])), (values["J"], -z))
        return xi == self.total(statement, values["J"], values["L"], A, B, [D0] + values["D"], [Y0] + values["Y"])

    def substituted(self, statement, values, index, e):
        """D_0 stays what it was: z' = z + e*p_index(xi)."""
        return {**values, "z": (values["z"] + e * self.values_at(statement, values)[index]) % statement.group.q}


SCHEMES = [AOS(), LSAG(), FranklinZhang(), FujisakiSuzuki(), CDS(), DualRing(), GrothKohlweiss()]
