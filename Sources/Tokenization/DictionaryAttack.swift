import ByteCoding
import Hashing

/// Finds the person behind a token by trying one guess after the other.
///
///     guess = the known record with a head and a tail of a ``GuessSpace`` in their places
///
/// A literal token falls to it, because anybody can compute one. A keyed token gives the attacker nothing to compare a
/// guess with, until the key is stolen as well.
/// - SeeAlso: NIST SP 800-53 r5, SI-19(4): the hash of a direct identifier needs a key.
@_spi(Literal) public struct DictionaryAttack: Sendable {
    /// How a search ended.
    public struct Outcome: Equatable, Sendable {
        /// The head and the tail of the guess that fits, if there is one.
        public let match: Match?
        /// How many guesses were tried, the right one included.
        public let guesses: Int

        /// How a search ended.
        public init(match: Match?, guesses: Int) {
            self.match = match
            self.guesses = guesses
        }
    }

    /// A guess that fits.
    public struct Match: Equatable, Sendable {
        /// Its head.
        public let head: String
        /// Its tail.
        public let tail: String

        /// A guess of this head and tail.
        public init(head: String, tail: String) {
            self.head = head
            self.tail = tail
        }
    }

    /// The guesses.
    public let space: GuessSpace
    private let items: [TokenItem]

    /// An attack on a record of which all but the fields that `kind` names is known.
    ///
    /// - Parameters:
    ///   - kind: What is not known: not ``GuessSpace/Kind/pin``, which is no record.
    ///   - known: The record; the unknown characters of it are not used.
    /// - Precondition: The record has the fields, and its national id is a `US-SSN` number.
    public init(_ kind: GuessSpace.Kind, known: some TokenSubject) {
        precondition(kind != .pin, "a PIN is no record")
        space = GuessSpace(kind)
        items = known.tokenItems
    }

    /// An attack on the hash of a PIN.
    public init() {
        space = GuessSpace(.pin)
        items = []
    }

    /// The guess whose literal token is `token`, among those with a head of `heads`.
    ///
    /// - Parameter double: Whether the token's hash is SHA-256d.
    /// - Complexity: O(guesses) hashes, many at once.
    public func open(_ token: LiteralToken, heads: Range<Int>, double: Bool = false) -> Outcome {
        search(template(isFramed: false), heads: heads, for: token.digest) { messages, byteCount in
            double
                ? SHA256.doubleHashMany(contiguous: messages, byteCount: byteCount)
                : SHA256.hashMany(contiguous: messages, byteCount: byteCount)
        }
    }

    /// The guess whose token under a stolen key is `token`, among those with a head of `heads`.
    ///
    /// - Precondition: The tokenizer's profile is the fast one. A slow token's guesses are calls of the tokenizer.
    /// - Complexity: O(guesses) times four to five compressions, many at once.
    public func open(_ token: Token, stolenKeyOf tokenizer: borrowing Tokenizer, heads: Range<Int>) -> Outcome {
        precondition(tokenizer.profile == .fast, "slow tokens are not hashed many at once")
        var stolen = tokenizer.derived.unprotectedCopy()
        let key = SecretBytes(wiping: &stolen)
        return search(template(isFramed: true), heads: heads, for: token.tag) { messages, byteCount in
            HMACSHA256.tags(key: key, contiguous: messages, byteCount: byteCount)
        }
    }

    // MARK: - Guesses in batches

    /// A message, and where the head and the tail go.
    private struct Template {
        var bytes: [UInt8]
        var headOffset: Int
        var tailOffset: Int
    }

    /// The record as the paper's token takes it in, its fields joined; or as the keyed tokens do, framed.
    private func template(isFramed: Bool) -> Template {
        var bytes: [UInt8] = []
        var places: [TokenTag: Int] = [:]
        for item in items where isFramed || item.tag != .kind {
            if isFramed { bytes += UInt64(item.bytes.count).bigEndianBytes + [item.tag.rawValue] }
            places[item.tag] = bytes.count
            bytes += item.field
        }
        func place(_ tag: TokenTag) -> Int {
            guard let place = places[tag] else { preconditionFailure("the record has no field \(tag)") }
            return place
        }
        func number() -> Int {
            let start = place(.nationalID)
            precondition(bytes[start...].starts(with: "US-SSN:".utf8), "the national id is no US-SSN number")
            return start + "US-SSN:".utf8.count
        }
        return switch space.kind {
        case .birthDate: Template(bytes: bytes, headOffset: place(.birthDate), tailOffset: number() + 5)
        case .nationalID: Template(bytes: bytes, headOffset: number(), tailOffset: number() + 5)
        case .npi: Template(bytes: bytes, headOffset: place(.npi), tailOffset: place(.npi) + 6)
        case .pin: Template(bytes: [0, 0, 0, 0], headOffset: 0, tailOffset: 0)
        }
    }

    private func search(
        _ template: Template, heads: Range<Int>, for target: Digest,
        _ hash: (_ messages: [UInt8], _ byteCount: Int) -> [Digest]
    ) -> Outcome {
        precondition(0 <= heads.lowerBound && heads.upperBound <= space.headCount, "there are no such heads")
        let byteCount = template.bytes.count
        var messages = (0..<space.tailCount).flatMap { _ in template.bytes }
        defer { wipe(&messages) }
        var list: Int?
        var filled = [UInt8](repeating: 0, count: heads.isEmpty ? 0 : space.headBytes(heads.lowerBound).count)
        for head in heads {
            if space.tailList(ofHead: head) != list {
                list = space.tailList(ofHead: head)
                let tails = space.tails(ofHead: head)
                for tail in 0..<space.tailCount {
                    let start = tail * byteCount + template.tailOffset
                    messages.replaceSubrange(start..<start + 4, with: tails[4 * tail..<4 * tail + 4])
                }
            }
            let bytes = space.headBytes(head)
            // Most bytes of a head are those of the head before.
            for place in bytes.indices where bytes[place] != filled[place] {
                for start in stride(from: template.headOffset + place, to: messages.count, by: byteCount) {
                    messages[start] = bytes[place]
                }
            }
            filled = bytes
            if let tail = hash(messages, byteCount).firstIndex(of: target) {
                return Outcome(
                    match: Match(head: space.head(head), tail: space.tail(tail, ofHead: head)),
                    guesses: (head - heads.lowerBound) * space.tailCount + tail + 1)
            }
        }
        return Outcome(match: nil, guesses: heads.count * space.tailCount)
    }
}
