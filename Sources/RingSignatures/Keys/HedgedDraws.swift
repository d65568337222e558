import ByteCoding
import Hashing
import ModularArithmetic

/// Random values hedged against a broken generator, in the spirit of RFC 6979.
///
///     scalars:  H_q("nonce", purpose, x, rand₃₂, counter, inputs)
///     units:    H_p("nonce", purpose, x, rand₃₂, counter, inputs)
///
/// A generator that repeats gives the same values only for the same key, purpose and inputs. The counter (8 bytes) goes
/// up with every draw. Units are never drawn by H_q: their length would name the signer.
struct HedgedDraws<Group: PrimeOrderGroup>: ~Copyable {
    /// What every draw is made from; threads may share it.
    let source: HedgedSource<Group>
    private var counter: UInt64 = 0

    init(
        _ hash: GroupHash<Group>, x: borrowing SecretResidue, inputs: [[UInt8]],
        using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            hash, framedSecrets: x.bigEndianBytes(count: hash.group.scalarByteCount).framed(), inputs: inputs,
            using: &generator)
    }

    /// The draws for several keys at once, framed one after the other: they repeat only if all keys do.
    init(
        _ hash: GroupHash<Group>, framedSecrets: borrowing SecretBytes, inputs: [[UInt8]],
        using generator: inout some RandomNumberGenerator
    ) {
        var random = (0..<32).map { _ in generator.next() as UInt8 }
        source = HedgedSource(
            hash: hash, framedSecret: framedSecrets.appending(SecretBytes(wiping: &random).framed()), inputs: inputs)
    }

    /// A scalar, possibly 0.
    mutating func secretScalar(_ purpose: String) -> SecretResidue { source.secretScalar(purpose, takeCounters(1)) }

    /// A scalar in 1 ..< q.
    mutating func nonzeroSecretScalar(_ purpose: String) -> SecretResidue {
        var scalar = secretScalar(purpose)
        while scalar.isZero { scalar = secretScalar(purpose) }
        return scalar
    }

    /// A scalar that will be published.
    mutating func scalar(_ purpose: String) -> Scalar { source.scalar(purpose, takeCounters(1)) }

    /// The first of the next `count` counters, which belong to the caller.
    mutating func takeCounters(_ count: Int) -> UInt64 {
        defer { counter += UInt64(count) }
        return counter
    }
}

extension HedgedDraws where Group == SchnorrGroup {
    /// A unit that will be published.
    mutating func residue(_ purpose: String) -> Residue { source.residue(purpose, takeCounters(1)) }
}

/// The key, the random bytes and the inputs behind hedged draws; a counter tells the draws apart.
final class HedgedSource<Group: PrimeOrderGroup>: Sendable {
    private let hash: GroupHash<Group>
    private let framedSecret: SecretBytes
    private let inputs: [[UInt8]]

    init(hash: GroupHash<Group>, framedSecret: consuming SecretBytes, inputs: [[UInt8]]) {
        self.hash = hash
        self.framedSecret = framedSecret
        self.inputs = inputs
    }

    func secretScalar(_ purpose: String, _ counter: UInt64) -> SecretResidue {
        hash.secretScalar("nonce", [Array(purpose.utf8)], framedSecret: framedSecret, [counter.bigEndianBytes] + inputs)
    }

    func scalar(_ purpose: String, _ counter: UInt64) -> Scalar {
        hash.group.publish(secretScalar(purpose, counter))
    }
}

extension HedgedSource where Group == SchnorrGroup {
    func residue(_ purpose: String, _ counter: UInt64) -> Residue {
        hash.residue("nonce", [Array(purpose.utf8)], framedSecret: framedSecret, [counter.bigEndianBytes] + inputs)
    }
}
