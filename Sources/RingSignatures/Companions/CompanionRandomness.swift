public import ModularArithmetic

/// Where the steps of signing get their random values.
///
/// A scheme asks for every member's values, its own place included, in the order of the ring: the sequence of draws
/// then says nothing about the signer.
protocol CompanionRandomness: ~Copyable {
    /// A secret below q, possibly 0: a nonce.
    mutating func secret(_ purpose: String) throws(CompanionError) -> SecretResidue
    /// A scalar that will be published, for the member at `index`.
    mutating func scalar(_ purpose: String, _ index: Int) throws(CompanionError) -> Scalar
}

extension CompanionRandomness where Self: ~Copyable {
    /// One scalar for each of `count` members.
    mutating func scalars(_ purpose: String, count: Int) throws(CompanionError) -> [Scalar] {
        var scalars: [Scalar] = []
        for index in 0..<count { scalars.append(try scalar(purpose, index)) }
        return scalars
    }
}

extension HedgedDraws: CompanionRandomness {
    /// The draws for one companion signature: they repeat only for the same key, ring, context, message and scheme.
    init(
        _ transcript: CompanionTranscript<Group>, key: borrowing RingSecret<Group>,
        using generator: inout some RandomNumberGenerator
    ) {
        self.init(transcript.hash, x: key.x, inputs: [transcript.pre], using: &generator)
    }

    mutating func secret(_ purpose: String) -> SecretResidue { secretScalar(purpose) }
    mutating func scalar(_ purpose: String, _ index: Int) -> Scalar { scalar(purpose) }
}

/// Randomness that the caller chose, to make known answers again. Never for a signature that matters.
///
/// For each purpose a list: secrets are taken from its front, one after the other; scalars by the member's index.
@_spi(Hazmat) public struct GivenCompanionRandomness: Sendable {
    private let order: Modulus
    private var values: [String: [Natural]]

    /// The values of one signature in a group of order `order`. The signer's own place in a list is not used.
    public init(order: Modulus, _ values: [String: [Natural]]) {
        self.order = order
        self.values = values
    }
}

extension GivenCompanionRandomness: CompanionRandomness {
    mutating func secret(_ purpose: String) throws(CompanionError) -> SecretResidue {
        guard let value = values[purpose]?.first, value < order.value else { throw .unusableRandomness }
        values[purpose]?.removeFirst()
        return order.secret(value)
    }

    mutating func scalar(_ purpose: String, _ index: Int) throws(CompanionError) -> Scalar {
        guard let list = values[purpose], list.indices.contains(index), let scalar = order.scalar(list[index]) else {
            throw .unusableRandomness
        }
        return scalar
    }
}
