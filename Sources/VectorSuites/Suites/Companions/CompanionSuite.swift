import ByteCoding
import ModularArithmetic
import RingSignatures

/// The companion ring signatures, and what they share: keys, rings, bases and transcripts.
///
/// `Verify`, `Sign`, and `Link` or `Trace` groups of one scheme; `Key`, `Ring`, `Base` and `Transcript` groups of none.
/// Keys are listed once for a group of tests, and checked once; rings name them by their places in that list.
struct CompanionSuite: VectorSuite {
    static let schemas =
        CompanionScheme.allCases.map { (schema: $0.schema, profiles: ["ringwork-v1"]) }
        + [(schema: keySchema, profiles: ["ringwork-v1"])]

    private static let keySchema = "ring-key.schema.json"

    /// One test's inputs.
    enum Inputs {
        case verify(CompanionStatement, signature: [UInt8], fields: JSONValue)
        case sign(CompanionStatement, CompanionSigning, signature: [UInt8], fields: JSONValue)
        case link(CompanionStatement, [UInt8], CompanionStatement, [UInt8], isLinked: Bool)
        case trace(CompanionStatement, [UInt8], CompanionStatement, [UInt8], CompanionTrace)
        case key(CompanionKey)
        case ring([Int], sorted: [Int])
        case base(scheme: String, purpose: String, items: [[UInt8]], element: [UInt8])
        case transcript(CompanionStatement, scheme: String, items: [[UInt8]], pre: [UInt8], challenge: [UInt8])
    }

    private enum Kind: String {
        case verify = "Verify"
        case sign = "Sign"
        case link = "Link"
        case trace = "Trace"
        case key = "Key"
        case ring = "Ring"
        case base = "Base"
        case transcript = "Transcript"
    }

    private let kind: Kind
    private let scheme: CompanionScheme?
    private let keyCount: Int
    private let group: CompanionGroup
    private let judge: any CompanionJudging

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: CompanionSuite?
    ) throws(VectorFileError) {
        scheme = CompanionScheme.allCases.first { $0.schema == schema }
        guard let kind = Kind(rawValue: type), Self.kinds(of: scheme).contains(kind) else {
            throw .unknownGroupType(type, schema: schema)
        }
        self.kind = kind
        group = try CompanionGroup(&parameters, previous: previous?.group)
        var keys: [CompanionKey] = []
        if kind != .key && kind != .base {
            keys = try reading { () throws(DocumentError) in
                var keys: [CompanionKey] = []
                for var reader in try parameters.objects("keys") {
                    keys.append(try CompanionKey(&reader))
                    try reader.finish()
                }
                return keys
            }
        }
        keyCount = keys.count
        judge = group.judge(keys, previous: previous?.judge)
    }

    private static func kinds(of scheme: CompanionScheme?) -> [Kind] {
        switch scheme {
        case .aos, .cds, .dualRing: [.verify, .sign]
        case .lsag, .franklinZhang, .grothKohlweiss: [.verify, .sign, .link]
        case .fujisakiSuzuki: [.verify, .sign, .trace]
        case nil: [.key, .ring, .base, .transcript]
        }
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .verify:
            return .verify(
                try statement(&test), signature: try test.bytes("signature"), fields: try test.value("fields"))
        case .sign:
            return .sign(
                try statement(&test), try signing(&test), signature: try test.bytes("signature"),
                fields: try test.value("fields"))
        case .link:
            let context = try test.bytes("context")
            var first = try test.object("first")
            var second = try test.object("second")
            let relation = try relation(&test)
            guard relation != "double-signer" else {
                throw .malformed(field: test.path("relation"), reason: "signatures are linked or independent")
            }
            let (one, oneBytes) = try signed(&first, ring: places(&first, "ring"), context)
            let (other, otherBytes) = try signed(&second, ring: places(&second, "ring"), context)
            return .link(one, oneBytes, other, otherBytes, isLinked: relation == "linked")
        case .trace:
            let context = try test.bytes("context")
            let ring = try places(&test, "ring")
            var first = try test.object("first")
            var second = try test.object("second")
            let (one, oneBytes) = try signed(&first, ring: ring, context)
            let (other, otherBytes) = try signed(&second, ring: ring, context)
            return .trace(one, oneBytes, other, otherBytes, try trace(&test))
        case .key:
            return .key(try CompanionKey(&test))
        case .ring:
            return .ring(try places(&test, "ring"), sorted: try places(&test, "sorted"))
        case .base:
            return .base(
                scheme: try test.string("scheme"), purpose: try test.string("purpose"),
                items: try test.byteStrings("items"), element: try test.bytes("element"))
        case .transcript:
            return .transcript(
                try statement(&test), scheme: try test.string("scheme"), items: try test.byteStrings("items"),
                pre: try test.bytes("pre"), challenge: try test.bytes("challenge"))
        }
    }

    func run(_ inputs: Inputs) throws -> String? { try judge.verdict(inputs, scheme: scheme) }

    // MARK: - Reading

    /// Ring, context and message, and the threshold where the scheme has one.
    private func statement(_ test: inout DocumentReader) throws(DocumentError) -> CompanionStatement {
        CompanionStatement(
            ring: try places(&test, "ring"), context: try test.bytes("context"), message: try test.bytes("message"),
            threshold: scheme == .cds ? try test.count("threshold") : 0)
    }

    private func signed(
        _ reader: inout DocumentReader, ring: [Int], _ context: [UInt8]
    ) throws(DocumentError) -> (CompanionStatement, [UInt8]) {
        let message = try reader.bytes("message")
        let signature = try reader.bytes("signature")
        try reader.finish()
        return (CompanionStatement(ring: ring, context: context, message: message, threshold: 0), signature)
    }

    private func signing(_ test: inout DocumentReader) throws(DocumentError) -> CompanionSigning {
        var signers: [(key: Int, x: [UInt8])] = []
        for var reader in try test.objects("signers") {
            signers.append(
                (try place(reader.integer("key", in: 0...largestCount), reader.path("key")), try reader.bytes("x")))
            try reader.finish()
        }
        guard !signers.isEmpty, scheme == .cds || signers.count == 1 else {
            throw .malformed(field: test.path("signers"), reason: "the scheme has another number of signers")
        }
        var lists = try test.object("randomness")
        var randomness: [String: [Natural]] = [:]
        for name in scheme?.randomness ?? [] {
            randomness[name] = try lists.byteStrings(name).map { Natural(bigEndianBytes: $0) }
        }
        try lists.finish()
        return CompanionSigning(signers: signers, randomness: randomness)
    }

    private func relation(_ test: inout DocumentReader) throws(DocumentError) -> String {
        let relation = try test.string("relation")
        guard ["linked", "independent", "double-signer"].contains(relation) else {
            throw .malformed(field: test.path("relation"), reason: "there is no \u{22}\(relation)\u{22}")
        }
        return relation
    }

    private func trace(_ test: inout DocumentReader) throws(DocumentError) -> CompanionTrace {
        let relation = try relation(&test)
        let member = try test.value("member")
        switch (relation, member) {
        case ("linked", .null): return .linked
        case ("independent", .null): return .independent
        case ("double-signer", .integer(let key)): return .doubleSigner(try place(key, test.path("member")))
        default:
            throw .malformed(field: test.path("member"), reason: "a member is named exactly where one signed twice")
        }
    }

    /// Places in the list of keys.
    private func places(_ reader: inout DocumentReader, _ name: String) throws(DocumentError) -> [Int] {
        var places: [Int] = []
        for (index, value) in try reader.array(name).enumerated() {
            let path = "\(reader.path(name))[\(index)]"
            guard case .integer(let number) = value else {
                throw .wrongKind(field: path, expected: "number", actual: value.kind)
            }
            places.append(try place(number, path))
        }
        return places
    }

    private func place(_ number: Int64, _ path: String) throws(DocumentError) -> Int {
        guard (0..<Int64(keyCount)).contains(number) else {
            throw .malformed(field: path, reason: "there is no key \(number)")
        }
        return Int(number)
    }
}

/// The companions' schemes, named as their files' folders.
enum CompanionScheme: String, CaseIterable {
    case aos
    case lsag
    case franklinZhang = "franklin-zhang"
    case fujisakiSuzuki = "fujisaki-suzuki"
    case cds
    case dualRing = "dualring"
    case grothKohlweiss = "groth-kohlweiss"

    /// The schema of the scheme's files.
    var schema: String { "ring-\(rawValue).schema.json" }

    /// The lists of random values that signing takes.
    var randomness: [String] {
        switch self {
        case .aos, .lsag: ["u", "s"]
        case .franklinZhang: ["w", "c", "t"]
        case .fujisakiSuzuki: ["w", "c", "z"]
        case .cds: ["w", "c", "s"]
        case .dualRing: ["r", "c"]
        case .grothKohlweiss: ["a", "r", "s", "t", "rho"]
        }
    }
}

/// What a signature is about; the threshold counts for CDS only.
struct CompanionStatement {
    let ring: [Int]
    let context: [UInt8]
    let message: [UInt8]
    let threshold: Int
}

/// Who signs, and with what randomness.
struct CompanionSigning {
    let signers: [(key: Int, x: [UInt8])]
    let randomness: [String: [Natural]]
}

/// What a trace shall find; the double signer by its place in the list of keys.
enum CompanionTrace: Equatable {
    case independent
    case linked
    case doubleSigner(Int)
}

/// What claims to be a public key.
struct CompanionKey: Equatable {
    let y: [UInt8]
    let label: String
    let c: [UInt8]
    let s: [UInt8]

    init(_ reader: inout DocumentReader) throws(DocumentError) {
        y = try reader.bytes("y")
        label = try reader.string("label")
        c = try reader.bytes("c")
        s = try reader.bytes("s")
    }
}

/// The group of a group of tests: a curve by its name, or a Schnorr group by its numbers.
enum CompanionGroup {
    case schnorr(SchnorrGroup)
    case curve(EllipticCurve)

    /// The group that `groupParameters` describe, validated unless it is the one before.
    init(_ parameters: inout DocumentReader, previous: CompanionGroup?) throws(VectorFileError) {
        let path = parameters.path("groupParameters")
        let value = try reading { () throws(DocumentError) in try parameters.value("groupParameters") }
        var reader = try reading { () throws(DocumentError) in try DocumentReader(value, path: path) }
        if case .object(let fields) = value, fields.contains(where: { $0.name == "curve" }) {
            let name = try reading { () throws(DocumentError) in
                let name = try reader.string("curve")
                try reader.finish()
                return name
            }
            guard let curve = [EllipticCurve.secp256k1, .p256].first(where: { $0.name == name }) else {
                throw .document(.malformed(field: path + ".curve", reason: "there is no curve \u{22}\(name)\u{22}"))
            }
            self = .curve(curve)
            return
        }
        let (p, q, g, t) = try reading { () throws(DocumentError) in
            let read = (
                try reader.natural("p"), try reader.natural("q"), try reader.natural("g"),
                try reader.optionalNatural("t")
            )
            try reader.finish()
            return read
        }
        if case .schnorr(let known)? = previous, known.p.value == p, known.q.value == q, known.g.value == g,
            known.t == t
        {
            self = .schnorr(known)
        } else {
            do { self = .schnorr(try SchnorrGroup(validating: p, q: q, g: g, t: t)) } catch { throw .group(error) }
        }
    }

    /// Who judges the tests; the one before does, where it has the same keys.
    func judge(_ keys: [CompanionKey], previous: (any CompanionJudging)?) -> any CompanionJudging {
        switch self {
        case .schnorr(let group): CompanionJudge(group, keys, previous: previous as? CompanionJudge)
        case .curve(let curve): CompanionJudge(curve, keys, previous: previous as? CompanionJudge)
        }
    }
}
