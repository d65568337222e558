import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork

/// Block headers: `HeaderCheck`, `TargetCheck` and `HeaderSearch` groups.
///
/// A header check is valid when the header has 80 bytes and the hash (display order), its bits name a target, and the
/// hash meets it; the checks come in this order. A target check is the same without a header and with the easiest
/// target that is allowed. A search is valid when it finds the nonce that is claimed, or none where that is claimed.
struct PowHeaderSuite: VectorSuite {
    static let schemas = [(schema: "pow-header.schema.json", profiles: ["bitcoin"])]

    enum Inputs {
        case header([UInt8], displayHash: [UInt8])
        case target(displayHash: [UInt8], CompactTarget, limit: Natural)
        case search(header: [UInt8], ClosedRange<UInt32>, nonce: UInt32?)
    }

    private enum Kind: String {
        case header = "HeaderCheck"
        case target = "TargetCheck"
        case search = "HeaderSearch"
    }

    private let kind: Kind

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: PowHeaderSuite?
    ) throws(VectorFileError) {
        guard let kind = Kind(rawValue: type) else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .header:
            return .header(try test.bytes("header"), displayHash: try test.bytes("hash", count: Digest.byteCount))
        case .target:
            return .target(
                displayHash: try test.bytes("hash", count: Digest.byteCount), try test.compactTarget("bits"),
                limit: try test.natural("limit"))
        case .search:
            let start = try test.integer("start", in: 0...Int64(UInt32.max))
            let count = try test.integer("count", in: 1...Int64(UInt32.max) + 1 - start)
            let nonce = try test.optionalWord("nonce")
            return .search(
                header: try test.bytes("header", count: BlockHeader.byteCount),
                UInt32(start)...UInt32(start + count - 1), nonce: nonce)
        }
    }

    func run(_ inputs: Inputs) -> String? {
        do throws(ProofOfWorkError) {
            switch inputs {
            case .header(let bytes, let displayHash):
                let header = try BlockHeader(bytes: bytes)
                guard header.id.bytes == displayHash.reversed() else { return "hash-mismatch" }
                try header.checkProofOfWork()
                return nil
            case .target(let displayHash, let bits, let limit):
                let hash: Digest
                do { hash = try Digest(bytes: displayHash.reversed()) } catch { return "digest-length" }
                try bits.check(hash: hash, limit: limit)
                return nil
            case .search(let header, let nonces, let claimed):
                let found = try NonceSearch(BlockHeader(bytes: header)).first(in: nonces)?.headerNonce
                if found == claimed { return nil }
                return found == nil ? "nonce-space-exhausted" : "nonce-mismatch"
            }
        } catch {
            return error.code
        }
    }
}

extension DocumentReader {
    /// A compact target: 8 hexadecimal digits, the exponent first.
    mutating func compactTarget(_ name: String) throws(DocumentError) -> CompactTarget {
        CompactTarget(bits: UInt32(bigEndianBytes: try bytes(name, count: 4)))
    }

    /// A number of 32 bits, as a header carries times and nonces.
    mutating func word(_ name: String) throws(DocumentError) -> UInt32 {
        UInt32(try integer(name, in: 0...Int64(UInt32.max)))
    }

    /// A number of 32 bits, or `nil` where the field is `null`.
    mutating func optionalWord(_ name: String) throws(DocumentError) -> UInt32? {
        var copy = self
        guard try copy.value(name) != .null else {
            self = copy
            return nil
        }
        return try word(name)
    }
}
