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
    fileprivate let hash: GroupHash<Group>
    fileprivate let framedSecret: SecretBytes
    fileprivate let inputs: [[UInt8]]
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
        self.hash = hash
        var random = (0..<32).map { _ in generator.next() as UInt8 }
        framedSecret = framedSecrets.appending(SecretBytes(wiping: &random).framed())
        self.inputs = inputs
    }

    /// A scalar, possibly 0.
    mutating func secretScalar(_ purpose: String) -> SecretResidue {
        hash.secretScalar("nonce", [Array(purpose.utf8)], framedSecret: framedSecret, [nextCounter()] + inputs)
    }

    /// A scalar in 1 ..< q.
    mutating func nonzeroSecretScalar(_ purpose: String) -> SecretResidue {
        var scalar = secretScalar(purpose)
        while scalar.isZero { scalar = secretScalar(purpose) }
        return scalar
    }

    /// A scalar that will be published.
    mutating func scalar(_ purpose: String) -> Scalar {
        hash.group.publish(secretScalar(purpose))
    }

    fileprivate mutating func nextCounter() -> [UInt8] {
        defer { counter += 1 }
        return counter.bigEndianBytes
    }
}

extension HedgedDraws where Group == SchnorrGroup {
    /// A unit that will be published.
    mutating func residue(_ purpose: String) -> Residue {
        hash.residue("nonce", [Array(purpose.utf8)], framedSecret: framedSecret, [nextCounter()] + inputs)
    }
}
