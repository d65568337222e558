import ModularArithmetic

/// A secret in a list: arrays cannot hold values that are not copyable. It is wiped with the last reference.
final class SecretBox: Sendable {
    let value: SecretResidue

    init(_ value: consuming SecretResidue) { self.value = value }
}

extension CompanionRandomness where Self: ~Copyable {
    /// `count` nonces.
    mutating func secrets(_ purpose: String, count: Int) throws(CompanionError) -> [SecretBox] {
        var secrets: [SecretBox] = []
        for _ in 0..<count { secrets.append(SecretBox(try secret(purpose))) }
        return secrets
    }
}
