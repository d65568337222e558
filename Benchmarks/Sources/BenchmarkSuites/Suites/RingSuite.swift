import BenchmarkReport
import ByteCoding
import CPeers
@_spi(Hazmat) import ModularArithmetic
@_spi(Hazmat) import RingSignatures

/// Ring signatures: the paper's scheme beside a straightforward program, the companion schemes beside themselves on
/// elliptic curves, everything against the size of the ring.
struct RingSuite {
    private let settings: RunSettings

    init(_ settings: RunSettings) { self.settings = settings }

    func cases() throws -> SuiteCases {
        var cases = SuiteCases()
        for bits in settings.moduli { cases.comparisons += try straightforward(bits: bits, members: 64) }
        guard settings.cap == nil else { return cases }
        try addCurves(&cases)
        cases.series = try paperSeries() + companionSeries()
        cases.comparisons.append(try twoThreads(members: 256))
        return cases
    }

    /// The group of the comparisons between groups: 3072 bits stand beside 256-bit curves (NIST SP 800-57, table 2).
    private var bits: Int { settings.moduli.max() ?? 3072 }

    // MARK: - Beside a straightforward program

    private func straightforward(bits: Int, members n: Int) throws -> [ComparisonCase] {
        let fixture = try RingFixture(bits: bits, members: n, settings)
        let paper = try PaperRing(fixture, members: n, mode: .base)
        let (group, ring, message) = (paper.ring.group, paper.ring, paper.message)
        let program = StraightforwardRing(
            group: group, keys: ring.elements.map(\.value), context: paper.options.context, message: message)
        let values = Self.values(of: paper.signature)
        var forged = values
        forged.beta[0] ^= 1
        let forgedFields = try Self.fields(forged, paper)

        let place = try Self.place(of: paper.signer, in: ring)
        var generator = settings.generator(for: "given-\(bits)")
        func scalar() -> Natural {
            Natural(bigEndianBytes: generator.bytes(group.scalarByteCount)) % (group.q.value - 1) + 1
        }
        func unit() -> Natural {
            Natural(bigEndianBytes: generator.bytes(group.elementByteCount)) % (group.p.value - 1) + 1
        }
        let (e, kappa, u) = (scalar(), scalar(), unit())
        let (alpha, beta) = ((0..<n).map { _ in unit() }, (0..<n).map { _ in scalar() })
        let x = paper.signer.key.secretBytes().unprotectedCopy()
        func theirs() -> StraightforwardRing.Values {
            program.sign(
                signer: place, x: x, e: group.encode(scalar: e), kappa: group.encode(scalar: kappa),
                u: group.encode(element: u), alpha: alpha.flatMap { group.encode(element: $0) },
                beta: beta.flatMap { group.encode(scalar: $0) })
        }
        func given() throws -> StraightforwardRing.Values {
            let randomness = GivenSigningRandomness(group: group, e: e, kappa: kappa, u: u, alpha: alpha, beta: beta)
            let signed = try ring.signClaimably(
                message: message, with: paper.signer.key, options: paper.options, randomness: randomness)
            return Self.values(of: signed.signature)
        }
        func spelled(_ values: StraightforwardRing.Values) -> [UInt8] {
            values.ephemeral + values.delta + values.alpha + values.beta
        }
        let label = "two mpz_powm a member"
        return [
            ComparisonCase(
                id: "ring-verify-\(bits)-256-n\(n)/gmp-straightforward", unit: "ns per member",
                note: "of a decoded signature over keys that were checked before", repeats: [.portable],
                ours: Workload(
                    "RingSignature.verify", items: Double(n), operations: ["two-base powers": 1],
                    output: {
                        try paper.verify()
                        return [1, (try? forgedFields.verify(message: message)) == nil ? 0 : 1]
                    }, run: paper.verify),
                peer: Workload(
                    label, items: Double(n), operations: ["powers": 2],
                    output: { [program.verify(values) ? 1 : 0, program.verify(forged) ? 1 : 0] }
                ) { keep(program.verify(values)) }),
            ComparisonCase(
                id: "ring-sign-\(bits)-256-n\(n)/gmp-straightforward", unit: "ns per member",
                note:
                    "ours is constant-time and checks its own link; the peer is neither, and its random values are given",
                repeats: [.portable],
                ours: Workload("Ring.sign", items: Double(n), output: { spelled(try given()) }) {
                    keep(try paper.sign())
                },
                peer: Workload(label, items: Double(n), output: { spelled(theirs()) }) { keep(theirs()) }),
        ]
    }

    private static func place(of key: SigningKeyBox, in ring: Ring) throws -> Int {
        guard let place = ring.members.firstIndex(of: key.key.verificationKey) else {
            throw RingSignatureError.signerNotInRing
        }
        return place
    }

    private static func values(of signature: RingSignature) -> StraightforwardRing.Values {
        let (group, fields) = (signature.group, signature.fields)
        return StraightforwardRing.Values(
            ephemeral: group.encode(element: fields.ephemeral), delta: group.encode(element: fields.delta),
            alpha: fields.alpha.flatMap { group.encode(element: $0) },
            beta: fields.beta.flatMap { group.encode(scalar: $0) })
    }

    /// The signature with its first β as in `values`.
    private static func fields(_ values: StraightforwardRing.Values, _ paper: PaperRing) throws -> RingSignature {
        let group = paper.ring.group
        var fields = paper.signature.fields
        fields.beta[0] = Natural(bigEndianBytes: values.beta[..<group.scalarByteCount]) % group.q.value
        return try RingSignature(checking: fields, in: group, knownRing: paper.ring)
    }

    /// Two threads beside one: both times are taken on the wall.
    private func twoThreads(members n: Int) throws -> ComparisonCase {
        let paper = try PaperRing(try RingFixture(bits: bits, members: n, settings), members: n, mode: .base)
        func verify(threads: Int) -> Workload {
            func run() throws {
                try BatchPolicy.$current.withValue(BatchPolicy(threads: threads)) { try paper.verify() }
            }
            return Workload(
                "RingSignature.verify, \(threads) threads", items: Double(n),
                output: {
                    try run()
                    return [1]
                }, run: run)
        }
        return ComparisonCase(
            id: "threads-2/ring-verify", unit: "ns per member", threads: 2,
            note: "\(n) members, \(bits)/256; the peer is ours on one thread",
            ours: verify(threads: 2), peer: verify(threads: 1))
    }

    // MARK: - Beside elliptic curves

    private func addCurves(_ cases: inout SuiteCases) throws {
        let (n, schemes): (Int, [CompanionScheme]) = settings.quick ? (8, [.lsag]) : (16, CompanionScheme.allCases)
        let ristretto = Ristretto255()
        if ristretto == nil { cases.absent.append((peer: "ristretto255", reason: "libsodium is not installed")) }
        let group = try EmbeddedGroup.withModulus(bits: bits)
        for scheme in schemes {
            let ours = try SignedCompanionRing(scheme, group, members: n, settings)
            let counts = try operations(scheme, members: n)
            var peers = [
                ("secp256k1", try SignedCompanionRing(scheme, EllipticCurve.secp256k1, members: n, settings)),
                ("p256", try SignedCompanionRing(scheme, EllipticCurve.p256, members: n, settings)),
            ]
            if let ristretto {
                peers.append(("ristretto255", try SignedCompanionRing(scheme, ristretto, members: n, settings)))
            }
            for (name, peer) in peers {
                cases.comparisons += [
                    comparison("verify", scheme, name, n, ours, peer, ours.verify, peer.verify, counts.verify),
                    comparison("sign", scheme, name, n, ours, peer, ours.sign, peer.sign, counts.sign),
                ]
            }
        }
    }

    private func comparison(
        _ what: String, _ scheme: CompanionScheme, _ curve: String, _ n: Int, _ ours: SignedCompanionRing,
        _ peer: SignedCompanionRing, _ run: @escaping () throws -> Void, _ theirs: @escaping () throws -> Void,
        _ counts: [String: Double]
    ) -> ComparisonCase {
        func verdict(_ ring: SignedCompanionRing) -> () throws -> [UInt8] {
            {
                try ring.verify()
                return [1]
            }
        }
        let perMember = counts.mapValues { $0 / Double(n) }
        return ComparisonCase(
            id: "ring-\(what)-\(scheme.rawValue)-n\(n)/\(curve)", unit: "ns per member",
            note: "ours modulo \(bits) bits, the peer the same scheme on the curve",
            ours: Workload(
                "\(scheme.rawValue), \(bits)/256", items: Double(n), operations: perMember, output: verdict(ours),
                run: run),
            peer: Workload(
                "\(scheme.rawValue), \(curve)", items: Double(n), operations: perMember, output: verdict(peer),
                run: theirs))
    }

    /// Exponentiations of signing and verifying, counted.
    private func operations(
        _ scheme: CompanionScheme, members n: Int
    ) throws -> (sign: [String: Double], verify: [String: Double]) {
        let group = CountingGroup(try EmbeddedGroup.withModulus(bits: bits))
        let ring = try SignedCompanionRing(scheme, group, members: n, settings)
        func counted(_ body: () throws -> Void) throws -> [String: Double] {
            group.reset()
            try body()
            return ["exponentiations": Double(group.counts.exponentiations)]
        }
        return (try counted(ring.sign), try counted(ring.verify))
    }

    // MARK: - Against the size of the ring

    private var sizes: [Int] { settings.quick ? [2, 4, 8, 16, 32, 64] : settings.ringSizes }

    private func paperSeries() throws -> [SeriesCase] {
        let fixture = try RingFixture(bits: bits, members: sizes.max() ?? 2, settings)
        let modes: [PaperRing.Mode] = settings.quick ? [.base] : PaperRing.Mode.allCases
        return try modes.flatMap { mode in
            let rings = try sizes.map { ($0, try PaperRing(fixture, members: $0, mode: mode)) }
            let name = mode == .base ? "paper" : "paper-\(mode.rawValue)"
            return series(
                name, "the paper's scheme, \(mode.rawValue), \(bits)/256",
                rings.map { n, ring in (n, { keep(try ring.sign()) }, ring.verify, ring.byteCount) },
                verifying: .linear, signing: .linear, size: .linear, batched: true)
        }
    }

    private func companionSeries() throws -> [SeriesCase] {
        guard !settings.quick else { return [] }
        let group = try EmbeddedGroup.withModulus(bits: bits)
        var generator = settings.generator(for: "companion-keys")
        var keys: [RingSecretBox<SchnorrGroup>] = []
        for _ in 0..<(sizes.max() ?? 2) { keys.append(RingSecretBox(try RingSecret(group: group, using: &generator))) }
        return try CompanionScheme.allCases.flatMap { scheme in
            let rings = try sizes.map { n in
                (n, try SignedCompanionRing(scheme, CompanionRing(keys[..<n].map(\.ringKey)), signer: keys[n / 3]))
            }
            return series(
                scheme.rawValue, "\(scheme.rawValue), \(bits)/256",
                rings.map { n, ring in (n, ring.sign, ring.verify, ring.byteCount) },
                verifying: scheme == .grothKohlweiss ? .linearAndLogarithmic : .linear,
                signing: scheme == .grothKohlweiss ? .linearithmic : .linear,
                size: scheme == .grothKohlweiss ? .logarithmic : .linear, batched: scheme.isBatched)
        }
    }

    private func series(
        _ name: String, _ label: String,
        _ rings: [(n: Int, sign: () throws -> Void, verify: () throws -> Void, bytes: Int)],
        verifying: GrowthModel, signing: GrowthModel, size: GrowthModel, batched: Bool
    ) -> [SeriesCase] {
        func timed(_ n: Int, _ run: @escaping () throws -> Void) -> SeriesCase.Point {
            let workload = Workload(
                label,
                output: {
                    try run()
                    return []
                }, run: run)
            return SeriesCase.Point(x: Double(n), value: .measured(workload))
        }
        let start: Double = batched ? 16 : 0
        return [
            SeriesCase(
                id: "ring-verify-\(name)", x: "n", unit: "ns", label: label, model: verifying, fitFrom: start,
                points: rings.map { timed($0.n, $0.verify) }),
            SeriesCase(
                id: "ring-sign-\(name)", x: "n", unit: "ns", label: label, model: signing, fitFrom: start,
                points: rings.map { timed($0.n, $0.sign) }),
            SeriesCase(
                id: "ring-size-\(name)", x: "n", unit: "bytes", label: label + ", the ring not counted", model: size,
                points: rings.map { SeriesCase.Point(x: Double($0.n), value: .exact(Double($0.bytes))) }),
        ]
    }
}
