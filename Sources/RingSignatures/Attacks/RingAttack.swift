public import ModularArithmetic

/// The attacks on the literal text and on careless forms of its neighbours, A1 to A21 in this order.
@_spi(Literal) public enum RingAttack: String, CaseIterable, Sendable {
    case range
    case vacuousConfirmation = "vacuous-confirmation"
    case revealedKey = "revealed-key"
    case rotation
    case keySubstitution = "key-substitution"
    case openGlue = "open-glue"
    case xorGlue = "xor-glue"
    case smallOrderRecipient = "small-order-recipient"
    case ownerlessKeys = "ownerless-keys"
    case zeroAlpha = "zero-alpha"
    case unframedHash = "unframed-hash"
    case nonceReuse = "nonce-reuse"
    case elgamal
    case knownBase = "known-base"
    case smallOrderTag = "small-order-tag"
    case unboundRing = "unbound-ring"
    case longResponse = "long-response"
    case literalExponent = "literal-exponent"
    case linkableDualring = "linkable-dualring"
    case unprovedRecipient = "unproved-recipient"
    case shortChallenge = "short-challenge"

    /// A1 … A21.
    public var id: String { "A\((Self.allCases.firstIndex(of: self) ?? 0) + 1)" }

    /// What the attack reaches, in one line.
    public var title: String { text.title }

    /// The rule of the repaired scheme that stops it.
    public var rule: String { text.rule }

    private var text: (title: String, rule: String) {
        switch self {
        case .range: ("forge anything: an alpha without a range inverts every trapdoor", "0 < alpha < p")
        case .vacuousConfirmation:
            ("confirm anybody: the printed equations hold for every member", "E is signed along, W = E g^kappa")
        case .revealedKey: ("take the key of a signer who confirms by showing K", "kappa is shown or derived, never K")
        case .rotation:
            (
                "turn the ring, or write a number another way: one signature becomes many",
                "ring and place are hashed; alpha < p, beta < q"
            )
        case .keySubstitution: ("carry a signature to a ring that nobody signed for", "the ring is hashed into lambda")
        case .openGlue: ("forge anything where delta is not fed back", "chained glue, delta in and out")
        case .xorGlue: ("forge anything against an XOR glue, by linear algebra over GF(2)", "chained glue")
        case .smallOrderRecipient:
            (
                "find the signer, and bits of the key, with a recipient key of small order",
                "sub(y_R) before signing, whatever kappa is made of"
            )
        case .ownerlessKeys: ("sign with a member key that has no owner", "1 < y < p - 1, y^q = 1, proof of possession")
        case .zeroAlpha: ("forge anything with alpha = 0, against every glue", "alpha >= 1")
        case .unframedHash: ("move bytes from the message to the recipient", "every hashed item behind its length")
        case .nonceReuse: ("take the key of a signer whose K repeats", "K is hedged: key, inputs and fresh bytes")
        case .elgamal: ("forge under both readings of the trapdoor as ElGamal", "not used; ranges; messages are hashed")
        case .knownBase: ("find the signer by the tag, where h = g^hash", "h = H_G: nobody knows its logarithm")
        case .smallOrderTag: ("two tags for one key: tau and -tau", "tau^q = 1")
        case .unboundRing: ("carry an AOS signature to other keys", "the ring is in every hash")
        case .longResponse:
            ("find the signer by the length of the response", "beta is reduced, below q, of fixed width")
        case .literalExponent:
            ("recipient and a member frame another member, where c = alpha", "c = H_q(lambda(E), i, alpha)")
        case .linkableDualring: ("a new tag for every spending, with two keys", "h^beta tau^c is bound for each member")
        case .unprovedRecipient:
            (
                "open signatures with a recipient key made of the linking base",
                "proof of possession; kappa from E^x_R, not from y_S^x_R"
            )
        case .shortChallenge:
            ("forge without a key where challenges are short", "challenges in rings are of full width")
        }
    }

    /// What an attack runs on.
    public struct Setting: Sendable {
        /// The group, of full size unless the caller says otherwise.
        public var group: SchnorrGroup
        /// The bits of A21's challenges, 8 … 40: 24 takes about 2^18.5 hashes, 30 about 2^22.5.
        public var challengeBits: Int
        /// The bits of A7's glue, a multiple of 16.
        public var glueBits: Int

        /// A setting; the default is the full size.
        public init(group: SchnorrGroup = Self.fullSizeGroup, challengeBits: Int = 24, glueBits: Int = 256) {
            self.group = group
            self.challengeBits = challengeBits
            self.glueBits = glueBits
        }

        /// `rfc5114-2048-256`.
        public static var fullSizeGroup: SchnorrGroup {
            (EmbeddedGroups.named("rfc5114-2048-256") ?? EmbeddedGroups.standard).group
        }
    }

    /// Carries the attack out: against the careless form, the same form repaired in one place, and the default.
    ///
    /// - Parameters:
    ///   - setting: Group and sizes.
    ///   - generator: Where 32 bytes are drawn from; everything else follows from them.
    public func run(
        _ setting: Setting = Setting(), using generator: inout some RandomNumberGenerator
    ) throws(AttackError) -> AttackReport {
        var bench = AttackBench(setting, using: &generator)
        switch self {
        case .range: return try bench.range()
        case .vacuousConfirmation: return try bench.vacuousConfirmation()
        case .revealedKey: return try bench.revealedKey()
        case .rotation: return try bench.rotation()
        case .keySubstitution: return try bench.keySubstitution()
        case .openGlue: return try bench.openGlue()
        case .xorGlue: return try bench.xorGlue()
        case .smallOrderRecipient: return try bench.smallOrderRecipient()
        case .ownerlessKeys: return try bench.ownerlessKeys()
        case .zeroAlpha: return try bench.zeroAlpha()
        case .unframedHash: return try bench.unframedHash()
        case .nonceReuse: return try bench.nonceReuse()
        case .elgamal: return try bench.elgamal()
        case .knownBase: return try bench.knownBase()
        case .smallOrderTag: return try bench.smallOrderTag()
        case .unboundRing: return try bench.unboundRing()
        case .longResponse: return try bench.longResponse()
        case .literalExponent: return try bench.literalExponent()
        case .linkableDualring: return try bench.linkableDualring()
        case .unprovedRecipient: return try bench.unprovedRecipient()
        case .shortChallenge: return try bench.shortChallenge()
        }
    }
}
