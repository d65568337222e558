import ByteCoding
import ModularArithmetic
@_spi(Hazmat) import RingSignatures

/// Judges the companions' tests, whatever their group.
protocol CompanionJudging: Sendable {
    /// Ringwork's verdict: `nil` where the inputs are valid, else the reason code.
    func verdict(_ inputs: CompanionSuite.Inputs, scheme: CompanionScheme?) throws -> String?
}

/// Why a companion's test could not be run: its parts contradict each other.
enum CompanionTestFault: Error, Equatable {
    /// A signature that is valid has other values than the test says, or the test says none.
    case fieldsMismatch
    /// A signer's secret exponent is not that of its key.
    case secretMismatch
    /// A test of a scheme in a file of none, or the other way round.
    case noScheme
}

/// Judges in one group, with the keys of one list.
struct CompanionJudge<Group: PrimeOrderGroup>: CompanionJudging {
    private let group: Group
    private let claims: [CompanionKey]
    private let keys: [Result<RingKey<Group>, KeyError>]

    init(_ group: Group, _ claims: [CompanionKey], previous: CompanionJudge?) {
        self.group = group
        self.claims = claims
        if let previous, previous.group == group, previous.claims == claims {
            keys = previous.keys
        } else {
            keys = RingKey.check(claims.map(Self.claim), in: group)
        }
    }

    private static func claim(_ key: CompanionKey) -> RingKey<Group>.Claim {
        RingKey<Group>.Claim(y: key.y, label: key.label, c: key.c, s: key.s)
    }

    func verdict(_ inputs: CompanionSuite.Inputs, scheme: CompanionScheme?) throws -> String? {
        do {
            return try verdict(inputs, of: scheme)
        } catch let error as KeyError {
            return error.code
        } catch let error as CompanionError {
            return error.code
        }
    }

    private func verdict(_ inputs: CompanionSuite.Inputs, of scheme: CompanionScheme?) throws -> String? {
        switch scheme {
        case .aos: try verdict(inputs, of: AOSSignature<Group>.self)
        case .lsag: try verdict(inputs, of: LSAGSignature<Group>.self)
        case .franklinZhang: try verdict(inputs, of: FranklinZhangSignature<Group>.self)
        case .fujisakiSuzuki: try verdict(inputs, of: FujisakiSuzukiSignature<Group>.self)
        case .cds: try verdict(inputs, of: CDSSignature<Group>.self)
        case .dualRing: try verdict(inputs, of: DualRingSignature<Group>.self)
        case .grothKohlweiss: try verdict(inputs, of: GrothKohlweissSignature<Group>.self)
        case nil: try verdict(inputs)
        }
    }

    /// The ring of the keys at `places`: the first that is no key is the reason.
    private func ring(_ places: [Int]) throws -> CompanionRing<Group> {
        try CompanionRing(places.map { try keys[$0].get() })
    }

    // MARK: - A scheme's tests

    private func verdict<Signature: CompanionVectorSignature<Group>>(
        _ inputs: CompanionSuite.Inputs, of type: Signature.Type
    ) throws -> String? {
        switch inputs {
        case .verify(let statement, let bytes, let fields):
            let signature = try verified(type, bytes, statement)
            guard signature.encoded() == bytes, signature.fields == fields else {
                throw CompanionTestFault.fieldsMismatch
            }
            return nil
        case .sign(let statement, let signing, let bytes, let fields):
            let ring = try ring(statement.ring)
            var secrets: [[UInt8]] = []
            for (key, x) in signing.signers {
                guard try type.secret(x, in: group).ringKey.y == keys[key].get().y else {
                    throw CompanionTestFault.secretMismatch
                }
                secrets.append(x)
            }
            let signature = try type.sign(
                statement, ring, secrets, GivenCompanionRandomness(order: group.order, signing.randomness))
            guard signature.encoded() == bytes else { return "signature-mismatch" }
            guard signature.fields == fields else { throw CompanionTestFault.fieldsMismatch }
            try signature.verify(statement, ring)
            return nil
        case .link(let statement, let bytes, let otherStatement, let otherBytes, let isLinked):
            let one = try verified(type, bytes, statement)
            let other = try verified(type, otherBytes, otherStatement)
            return one.relation(to: other) == (isLinked ? .linked : .independent) ? nil : "relation-mismatch"
        case .trace(let statement, let bytes, let otherStatement, let otherBytes, let claimed):
            _ = try verified(type, bytes, statement)
            let ring = try ring(statement.ring)
            let trace = try FujisakiSuzukiSignature(decoding: bytes, for: ring).trace(
                message: statement.message, against: FujisakiSuzukiSignature(decoding: otherBytes, for: ring),
                message: otherStatement.message, issue: statement.context, ring: ring)
            return try claimed == found(trace) ? nil : "relation-mismatch"
        default: throw CompanionTestFault.noScheme
        }
    }

    private func verified<Signature: CompanionVectorSignature<Group>>(
        _ type: Signature.Type, _ bytes: [UInt8], _ statement: CompanionStatement
    ) throws -> Signature {
        let ring = try ring(statement.ring)
        let signature = try type.decode(bytes, statement, ring)
        try signature.verify(statement, ring)
        return signature
    }

    private func found(_ trace: FujisakiSuzukiTrace<Group>) throws -> CompanionTrace {
        switch trace {
        case .independent: return .independent
        case .linked: return .linked
        case .doubleSigner(let member):
            for (place, key) in keys.enumerated() {
                if case .success(member) = key { return .doubleSigner(place) }
            }
            throw CompanionTestFault.noScheme
        }
    }

    // MARK: - What the schemes share

    private func verdict(_ inputs: CompanionSuite.Inputs) throws -> String? {
        switch inputs {
        case .key(let key):
            _ = try RingKey(checking: Self.claim(key), in: group)
            return nil
        case .ring(let places, let sorted):
            let members = try ring(places).members
            let claimed = try sorted.map { try keys[$0].get() }
            return members == claimed ? nil : "order-mismatch"
        case .base(let scheme, let purpose, let items, let element):
            let base = CompanionTranscript.base(scheme: scheme, purpose: purpose, items, in: GroupHash(group))
            return group.encode(base) == element ? nil : "output-mismatch"
        case .transcript(let statement, let scheme, let items, let pre, let challenge):
            let transcript = CompanionTranscript(
                scheme: scheme, ring: try ring(statement.ring), context: statement.context, message: statement.message)
            let isSame = transcript.pre == pre && group.encode(transcript.challenge(items)) == challenge
            return isSame ? nil : "output-mismatch"
        default: throw CompanionTestFault.noScheme
        }
    }
}
