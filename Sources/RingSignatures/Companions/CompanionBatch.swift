public import ModularArithmetic

/// A companion signature with what it claims to be for: an entry of the calls that verify many at once.
public struct CompanionClaim<Signature: Sendable, Group: PrimeOrderGroup>: Sendable {
    /// The signature.
    public let signature: Signature
    /// M.
    public let message: [UInt8]
    /// What the signature is for; the issue, for a traceable one.
    public let context: [UInt8]
    /// The ring.
    public let ring: CompanionRing<Group>

    /// A claim.
    public init(_ signature: Signature, message: [UInt8], context: [UInt8] = [], ring: CompanionRing<Group>) {
        self.signature = signature
        self.message = message
        self.context = context
        self.ring = ring
    }
}

/// A chain of challenges, each hashed from commitments that the one before it is in: AOS and LSAG.
///
/// The links of one chain can only be computed one after the other. Those of many chains at one place are one batch.
protocol CommitmentChain<Group> {
    associatedtype Group: PrimeOrderGroup

    var ring: CompanionRing<Group> { get }
    /// The commitments of the member at `index`, as terms.
    func terms(at index: Int, challenge: Scalar, response: Scalar) -> [TwoBasePower<Group.Element>]
    /// The challenge of the next member.
    func next(after index: Int, commitments: [Group.Element]) -> Scalar
}

extension CommitmentChain {
    /// The challenge of the next member, from the challenge and response of the one at `index`.
    func next(after index: Int, challenge: Scalar, response: Scalar) -> Scalar {
        next(
            after: index,
            commitments: ring.group.twoBasePowersVariableTime(
                terms(at: index, challenge: challenge, response: response)))
    }

    /// Where each chain ends that starts at its challenge, side by side; all are of `group`.
    static func ends(
        of chains: [(chain: Self, start: Scalar, responses: [Scalar])], in group: Group
    ) -> [Scalar] {
        var challenges = chains.map(\.start)
        let longest = chains.map(\.responses.count).max() ?? 0
        BatchPolicy.current.rounds(longest, of: 1) { place in
            let index = place.lowerBound
            let open = chains.indices.filter { index < chains[$0].responses.count }
            let terms = open.map {
                chains[$0].chain.terms(at: index, challenge: challenges[$0], response: chains[$0].responses[index])
            }
            for (number, commitments) in zip(open, group.twoBasePowersVariableTime(each: terms)) {
                challenges[number] = chains[number].chain.next(after: index, commitments: commitments)
            }
        }
        return challenges
    }
}

extension PrimeOrderGroup {
    /// The terms of several lists in one batch, each list's results together.
    func twoBasePowersVariableTime(each lists: [[TwoBasePower<Element>]]) -> [[Element]] {
        var rest = twoBasePowersVariableTime(Array(lists.joined()))[...]
        return lists.map { list in
            defer { rest = rest.dropFirst(list.count) }
            return Array(rest.prefix(list.count))
        }
    }
}

/// What verifying many companion signatures at once has in common: each is judged for itself, and those of one group
/// share their batches.
enum CompanionBatch {
    /// For each claim `nil` where it is valid, or why not.
    ///
    /// - Parameters:
    ///   - claims: The claims.
    ///   - check: Refuses what does not fit its ring.
    ///   - verdicts: For the claims that fit and are of one group, whether each equation holds.
    static func verdicts<Signature, Group>(
        _ claims: [CompanionClaim<Signature, Group>],
        check: (CompanionClaim<Signature, Group>) throws(CompanionError) -> Void,
        holds: ([CompanionClaim<Signature, Group>], Group) -> [Bool]
    ) -> [CompanionError?] {
        var verdicts = [CompanionError?](repeating: nil, count: claims.count)
        var places: [Group: [Int]] = [:]
        for (place, claim) in claims.enumerated() {
            do throws(CompanionError) {
                try check(claim)
                places[claim.ring.group, default: []].append(place)
            } catch { verdicts[place] = error }
        }
        for (group, places) in places {
            for (place, holds) in zip(places, holds(places.map { claims[$0] }, group)) where !holds {
                verdicts[place] = .ringEquation
            }
        }
        return verdicts
    }

    /// A base hashed for each claim, in one batch and once for equal items; prepared for the members of all rings that
    /// use it.
    static func bases<Signature, Group>(
        of claims: [CompanionClaim<Signature, Group>], scheme: String, purpose: String, in group: Group,
        items: (CompanionClaim<Signature, Group>) -> [[UInt8]]
    ) -> [Group.Element] {
        let keys = claims.map(items)
        let uses = zip(keys, claims).reduce(into: [[[UInt8]]: Int]()) { $0[$1.0, default: 0] += $1.1.ring.count }
        let distinct = Array(uses.keys)
        let bases = CompanionTranscript.bases(
            scheme: scheme, purpose: purpose, distinct, in: GroupHash(group))
        let table = zip(distinct, bases).reduce(into: [:]) { table, pair in
            table[pair.0] = group.prepared(pair.1, uses: uses[pair.0] ?? 0)
        }
        return keys.compactMap { table[$0] }
    }
}

extension [CompanionError?] {
    /// Throws the only entry's error.
    func throwOnly() throws(CompanionError) { if let error = self[0] { throw error } }
}
