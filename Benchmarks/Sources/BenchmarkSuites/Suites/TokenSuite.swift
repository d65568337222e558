import BenchmarkReport
import ByteCoding
import CPeers
import Hashing
@_spi(Literal) import Tokenization

/// Tokens: making a keyed one, guessing behind an unkeyed one, and what a slow hash would cost.
struct TokenSuite {
    private let settings: RunSettings

    init(_ settings: RunSettings) { self.settings = settings }

    func cases() throws -> SuiteCases {
        let patient = try Patient(
            family: "Muster", given: ["Erika"], other: nil, birthDate: "1970-02-01", nationalID: "US-SSN:123-45-9999",
            plan: "ACME:PLAN-1")
        var cases = SuiteCases()
        cases.comparisons = [try keyed(patient), guesses(patient)]
        let sizes: [UInt64] =
            settings.quick ? [1 << 10, 1 << 11, 1 << 12] : [1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14]
        cases.series = [
            SeriesCase(
                id: "token-scrypt", x: "N", unit: "ns",
                label: "scrypt by OpenSSL, r = 8, p = 1: one guess at a slow token",
                model: .linear,
                points: sizes.map { n in
                    func derive() -> [UInt8] {
                        var key = [UInt8](repeating: 0, count: 32)
                        let done = cp_scrypt(&key, "password", 8, "salt", 4, n)
                        precondition(done == 1, "OpenSSL refused scrypt")
                        return key
                    }
                    return SeriesCase.Point(
                        x: Double(n), value: .measured(Workload("EVP_PBE_scrypt", output: derive) { keep(derive()) }))
                })
        ]
        return cases
    }

    /// One keyed token of a canonical record; the peer has only the HMAC to do.
    private func keyed(_ patient: Patient) throws -> ComparisonCase {
        var generator = settings.generator(for: "token")
        let master = generator.bytes(32)
        var (forTokenizer, forPeer) = (master, master)
        let tokenizer = TokenizerBox(
            Tokenizer(
                key: try TokenKey(SecretBytes(wiping: &forTokenizer)), purpose: "research", tenant: "clinic", epoch: 1))
        let info = frame([
            Array("ringwork/token/1".utf8), Array("research".utf8), Array("clinic".utf8), UInt64(1).bigEndianBytes,
        ])
        let key = HKDFSHA256.derive(key: SecretBytes(wiping: &forPeer), info: info, count: 32).declassified()
        let items = patient.tokenItems.map(\.bytes)
        func theirs() -> [UInt8] {
            let message = frame(items)
            var tag = [UInt8](repeating: 0, count: 32)
            cp_hmac_sha256(&tag, key, key.count, message, message.count)
            return tag
        }
        return ComparisonCase(
            id: "token-hmac/openssl-hmac", unit: "ns per token", note: "from a canonical record and a derived key",
            ours: Workload("Tokenizer.token", output: { tokenizer.value.token(for: patient).tag.bytes }) {
                keep(tokenizer.value.token(for: patient))
            },
            peer: Workload("framing, then OpenSSL HMAC()", output: theirs) { keep(theirs()) })
    }

    /// The dictionary attack on the paper's own token; the peer's guesses are spelled out beforehand.
    private func guesses(_ patient: Patient) -> ComparisonCase {
        let token = LiteralToken(patient)
        let attack = DictionaryAttack(.nationalID, known: patient)
        // Four heads with all their tails; the last head is the patient's.
        let head = (0..<attack.space.headCount).first { attack.space.head($0) == "12345" } ?? 0
        let heads = max(0, head - 3)..<head + 1
        let tails = attack.space.tailCount
        let count = heads.count * tails
        let fields = patient.tokenItems.filter { $0.tag != .kind }
        let messages = heads.flatMap { head in
            (0..<tails).map { tail in
                fields.flatMap { item -> [UInt8] in
                    item.tag == .nationalID
                        ? Array("US-SSN:\(attack.space.head(head))\(attack.space.tail(tail, ofHead: head))".utf8)
                        : item.field
                }
            }
        }
        let (length, contiguous, wanted) = (messages[0].count, messages.flatMap { $0 }, token.digest.bytes)
        func theirs() -> Int? {
            var digests = [UInt8](repeating: 0, count: 32 * count)
            cp_sha256_many(CP_LOW_LEVEL, &digests, contiguous, length, count, 0)
            return (0..<count).first { digests[32 * $0..<32 * $0 + 32].elementsEqual(wanted) }
        }
        func ours() -> DictionaryAttack.Outcome { attack.open(token, heads: heads) }
        return ComparisonCase(
            id: "token-literal-guess/openssl-low-level", unit: "ns per guess",
            note: "the peer's guesses are spelled beforehand",
            ours: Workload(
                "DictionaryAttack.open", items: Double(count), output: { Array((ours().match?.tail ?? "").utf8) }
            ) { keep(ours()) },
            peer: Workload(
                HashPeer.lowLevel.label, items: Double(count),
                output: {
                    theirs().map { Array(attack.space.tail($0 % tails, ofHead: heads.lowerBound + $0 / tails).utf8) }
                        ?? []
                }
            ) { keep(theirs()) })
    }
}

/// A tokenizer for closures, which cannot hold what is not copyable.
private final class TokenizerBox: Sendable {
    let value: Tokenizer
    init(_ value: consuming Tokenizer) { self.value = value }
}
