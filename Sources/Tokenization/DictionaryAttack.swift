/// Finds the national identity number behind a literal token by trying one number after the other.
///
/// There are 898 · 99 · 9999 = 888,931,098 numbers, about 2²⁹·⁷: minutes on one core. A keyed token gives the attacker
/// nothing to compare a guess with.
/// - SeeAlso: NIST SP 800-53 r5, SI-19(4): the hash of a direct identifier needs a key.
@_spi(Literal) public enum DictionaryAttack {
    /// The national id for which `token` is the literal token, and how many were tried.
    ///
    /// - Parameters:
    ///   - token: The token to open.
    ///   - known: The patient as the attacker knows them; the national id is not used.
    ///   - candidates: The nine-digit numbers to try, `0 ..< 10⁹`; those that are never given out are skipped.
    ///   - double: Whether the token's hash is SHA-256d.
    /// - Complexity: O(candidates) hashes.
    public static func nationalID(
        behind token: LiteralToken, known: Patient, candidates: Range<Int>, double: Bool = false
    ) -> (nationalID: String?, tries: Int) {
        let fields = known.tokenItems.filter { $0.tag != .kind }
        var tries = 0
        for candidate in candidates {
            let digits = String(candidate)
            let text = "US-SSN:" + String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
            guard let nationalID = try? Identifiers.nationalID(text) else { continue }
            tries += 1
            let guess = fields.map { $0.tag == .nationalID ? nationalID : String(decoding: $0.field, as: UTF8.self) }
            if LiteralToken(fields: guess, double: double) == token { return (nationalID, tries) }
        }
        return (nil, tries)
    }
}
