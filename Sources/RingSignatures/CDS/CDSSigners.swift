import ByteCoding
public import ModularArithmetic

/// The keys that sign one threshold signature together, all on one machine.
///
/// Signers on several machines are not served, and not by accident: answering with one's own nonce to a challenge that a
/// coordinator computed is open to the attack of Benhamouda et al. (2021) on concurrent sessions, unless all nonces are
/// committed to first. Each key is copied, and wiped when this value dies.
/// - SeeAlso: F. Benhamouda, T. Lepoint, J. Loss, M. Orrù, M. Raykova, *On the (in)Security of ROS*, EUROCRYPT 2021.
public struct CDSSigners<Group: PrimeOrderGroup>: ~Copyable, Sendable {
    final class Seat: Sendable {
        let key: RingSecret<Group>

        init(_ key: consuming RingSecret<Group>) { self.key = key }
    }

    private(set) var seats: [Seat] = []

    /// Nobody yet.
    public init() {}

    /// How many keys there are.
    public var count: Int { seats.count }

    /// Adds a copy of `key`.
    ///
    /// - Throws: ``CompanionError``: `duplicateKey`, with the place that the new key would have had, or `groupMismatch`.
    public mutating func add(_ key: borrowing RingSecret<Group>) throws(CompanionError) {
        let own = key.ringKey
        guard seats.allSatisfy({ $0.key.ringKey.group == own.group }) else { throw .groupMismatch }
        guard !seats.contains(where: { $0.key.ringKey.y == own.y }) else { throw .duplicateKey(index: count) }
        let q = own.group.order
        seats.append(Seat(RingSecret(q.add(key.x, q.secret(0)), ringKey: own)))
    }

    /// Every x, framed, one after the other.
    func framedSecrets() -> SecretBytes {
        var framed = SecretBytes(zeros: 0)
        for seat in seats { framed = framed.appending(seat.key.secretBytes().framed()) }
        return framed
    }
}
