/// A rule that the parameters of a Schnorr group must keep (FIPS 186-4 App. A; `t` and the square rule are ours).
public enum SchnorrGroupRule: Error, Hashable, Sendable, CaseIterable {
    /// p is an odd number of at most ``SchnorrGroup/maximumElementBits``.
    case pIsUsable
    /// q is an odd number below p.
    case qIsUsable
    /// p is prime.
    case pIsPrime
    /// q is prime.
    case qIsPrime
    /// q divides p − 1.
    case qDividesPMinusOne
    /// q does not divide (p − 1)/q, so that there is one subgroup of order q and no other element of that order.
    case qDividesOnce
    /// 1 < g < p − 1 and g^q mod p = 1.
    case gHasOrderQ
    /// t, where it is given, is prime.
    case tIsPrime
    /// t, where it is given, divides q − 1.
    case tDividesQMinusOne
}

/// A subgroup ⟨g⟩ of prime order q in Z_p^*: the numbers (p, q, g, t) of the smart-consensus paper's §3.2.3.
///
///     p, q prime    q | p − 1    q ∤ (p − 1)/q    g^q = 1, g ≠ 1    t | q − 1
///
/// No equation uses t. Its one defensible meaning: a large prime factor of q − 1 (at best q = 2t + 1) leaves no
/// mid-size divisor for the static Diffie-Hellman attacks of Brown-Gallant and Cheon, and recipients are static
/// Diffie-Hellman parties.
public struct SchnorrGroup: Hashable, Sendable {
    /// The prime modulus of the field.
    public let p: Modulus
    /// The prime order of the subgroup.
    public let q: Modulus
    /// The generator.
    public let g: GroupElement
    /// A prime factor of q − 1, where the group has one to show.
    public let t: Natural?
    /// (p − 1)/q.
    public let cofactor: Natural
    /// The tables of g, shared by all copies of the group; made once it has been used often enough.
    let preparedGenerator: PreparedBase

    /// The group, every rule checked.
    ///
    /// - Throws: The first ``SchnorrGroupRule`` that the numbers break.
    /// - Complexity: Three primality proofs; about half a second at 3072 bits.
    public init(validating p: Natural, q: Natural, g: Natural, t: Natural?) throws(SchnorrGroupRule) {
        if let broken = Self.brokenRules(p: p, q: q, g: g, t: t).first { throw broken }
        try self.init(trusting: p, q: q, g: g, t: t)
    }

    /// A group whose numbers were checked before, as the embedded ones are by the tests. Only the cheap rules are
    /// checked again.
    @_spi(Hazmat) public init(trusting p: Natural, q: Natural, g: Natural, t: Natural?) throws(SchnorrGroupRule) {
        do { self.p = try Modulus(p) } catch { throw .pIsUsable }
        do { self.q = try Modulus(q) } catch { throw .qIsUsable }
        guard q < p else { throw .qIsUsable }
        let (cofactor, rest) = ((p - 1) / q, (p - 1) % q)
        guard rest.isZero else { throw .qDividesPMinusOne }
        guard g > 1, g < p - 1 else { throw .gHasOrderQ }
        self.g = GroupElement(unchecked: g)
        self.t = t
        self.cofactor = cofactor
        preparedGenerator = PreparedBase(g, p: self.p, exponentBits: self.q.bitWidth, uses: 0)
    }

    /// Whether both have the same numbers.
    public static func == (left: SchnorrGroup, right: SchnorrGroup) -> Bool {
        left.p == right.p && left.q == right.q && left.g == right.g && left.t == right.t
    }

    /// Feeds p, q, g and t.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(p.value)
        hasher.combine(q.value)
        hasher.combine(g)
        hasher.combine(t)
    }

    /// Every rule that the numbers break, in the order of ``SchnorrGroupRule``; none for a usable group.
    ///
    /// Rules that need a broken one to make sense are left out: nothing is divided by zero.
    public static func brokenRules(p: Natural, q: Natural, g: Natural, t: Natural?) -> [SchnorrGroupRule] {
        var broken: [SchnorrGroupRule] = []
        func check(_ rule: SchnorrGroupRule, _ holds: Bool) { if !holds { broken.append(rule) } }
        check(.pIsUsable, (try? Modulus(p)) != nil && p.bitWidth <= maximumElementBits)
        check(.qIsUsable, (try? Modulus(q)) != nil && q < p)
        guard broken.isEmpty else { return broken }
        check(.pIsPrime, p.isProbablePrime())
        check(.qIsPrime, q.isProbablePrime())
        check(.qDividesPMinusOne, ((p - 1) % q).isZero)
        check(.qDividesOnce, !(((p - 1) / q) % q).isZero)
        check(.gHasOrderQ, g > 1 && g < p - 1 && g.powerVariableTime(q, modulo: p) == 1)
        if let t {
            // A t longer than q cannot divide q − 1, and a primality proof of it may take minutes.
            if t.bitWidth <= q.bitWidth { check(.tIsPrime, t.isProbablePrime()) }
            check(.tDividesQMinusOne, !t.isZero && ((q - 1) % t).isZero)
        }
        return broken
    }

    /// ℓp: the bytes of a group element's fixed-width encoding.
    public var elementByteCount: Int { p.byteWidth }
    /// ℓq: the bytes of a scalar's fixed-width encoding.
    public var scalarByteCount: Int { q.byteWidth }

    /// The largest p that is checked, in bits: the proofs that it and an order of its size are prime take seconds.
    public static let maximumElementBits = 8192
    /// The smallest p that counts as secure here, in bits.
    public static let minimumSecureElementBits = 2048
    /// The smallest q that counts as secure here, in bits.
    public static let minimumSecureScalarBits = 224
    /// Whether discrete logarithms are within reach: p below 2048 or q below 224 bits.
    public var isInsecurelySmall: Bool {
        p.bitWidth < Self.minimumSecureElementBits || q.bitWidth < Self.minimumSecureScalarBits
    }
}

extension SchnorrGroupRule {
    /// The rule as a stable word.
    public var code: String {
        switch self {
        case .pIsUsable: "p-usable"
        case .qIsUsable: "q-usable"
        case .pIsPrime: "p-prime"
        case .qIsPrime: "q-prime"
        case .qDividesPMinusOne: "q-divides-p-minus-1"
        case .qDividesOnce: "q-divides-once"
        case .gHasOrderQ: "g-order"
        case .tIsPrime: "t-prime"
        case .tDividesQMinusOne: "t-divides-q-minus-1"
        }
    }
}

extension SchnorrGroupRule: CustomStringConvertible {
    /// The rule that is broken, as a sentence.
    public var description: String {
        switch self {
        case .pIsUsable: "p must be an odd number of 2 to \(SchnorrGroup.maximumElementBits) bits"
        case .qIsUsable: "q must be an odd number of 2 bits or more, below p"
        case .pIsPrime: "p is not prime"
        case .qIsPrime: "q is not prime"
        case .qDividesPMinusOne: "q does not divide p - 1"
        case .qDividesOnce: "q divides (p - 1)/q, so the subgroup of order q is not alone"
        case .gHasOrderQ: "g does not have order q modulo p"
        case .tIsPrime: "t is not prime"
        case .tDividesQMinusOne: "t does not divide q - 1"
        }
    }
}
