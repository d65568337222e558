/// Why a text is not a JSON document that Ringwork reads.
public enum JSONError: Error, Equatable, Sendable {
    /// The text has no bytes, or only white space.
    case empty
    /// The text is not UTF-8.
    case notUTF8
    /// The text is larger than the reader allows.
    case tooLarge(bytes: Int, limit: Int)
    /// The text ends inside a value.
    case truncated
    /// The byte at `offset` cannot stand there.
    case unexpected(offset: Int)
    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(limit: Int)
    /// A number is not an integer that fits in 64 bits, or is not in its one spelling: a leading zero, `-0`.
    case notAnInteger(offset: Int)
    /// An object names the same field twice.
    case duplicateField(name: String)
    /// Text follows the document.
    case trailingText(offset: Int)
}

/// Reads JSON strictly (RFC 8259), refusing what Foundation lets pass: duplicate fields, fractions, deep nesting.
struct JSONParser {
    private static let depthLimit = 32
    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func parse(_ bytes: [UInt8], limit: Int) throws(JSONError) -> JSONValue {
        guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        var parser = JSONParser(bytes)
        parser.skipWhiteSpace()
        guard parser.position < bytes.count else { throw .empty }
        let value = try parser.value(depth: 0)
        parser.skipWhiteSpace()
        guard parser.position == bytes.count else { throw .trailingText(offset: parser.position) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit) }
            return bytes[position] == UInt8(ascii: "{") ? try object(depth: depth) : try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
        default: throw .unexpected(offset: position)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        try expect("{")
        var fields: [JSONValue.Field] = []
        var seen: Set<[UInt8]> = []
        skipWhiteSpace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return .object([])
        }
        while true {
            skipWhiteSpace()
            let name = try string()
            // Bytes, not Strings: Swift's String equality would take two Unicode spellings for one name.
            guard seen.insert(Array(name.utf8)).inserted else { throw .duplicateField(name: name) }
            skipWhiteSpace()
            try expect(":")
            skipWhiteSpace()
            fields.append(.init(name, try value(depth: depth + 1)))
            skipWhiteSpace()
            if try peek() == UInt8(ascii: "}") {
                position += 1
                return .object(fields)
            }
            try expect(",")
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        try expect("[")
        var values: [JSONValue] = []
        skipWhiteSpace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            skipWhiteSpace()
            values.append(try value(depth: depth + 1))
            skipWhiteSpace()
            if try peek() == UInt8(ascii: "]") {
                position += 1
                return .array(values)
            }
            try expect(",")
        }
    }

    private mutating func string() throws(JSONError) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while true {
            let byte = try peek()
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20: throw .unexpected(offset: position)
            default:
                text.append(byte)
                position += 1
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let start = position
        let byte = try peek()
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var units = [try codeUnit()]
            if UTF16.isLeadSurrogate(units[0]) {
                try expect("\\")
                try expect("u")
                units.append(try codeUnit())
            }
            guard let decoded = String(validating: units, as: UTF16.self) else { throw .unexpected(offset: start) }
            text += decoded.utf8
        default: throw .unexpected(offset: start)
        }
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let byte = try peek()
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { throw .unexpected(offset: position) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private mutating func integer() throws(JSONError) -> Int64 {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let digits = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        // RFC 8259 allows "-0"; it is refused because it is a second spelling of 0.
        let superfluous = position - start > 1 && position > digits && bytes[digits] == 0x30
        guard position > digits, !superfluous, let value = Int64(text) else { throw .notAnInteger(offset: start) }
        if position < bytes.count, [0x2e, 0x65, 0x45].contains(bytes[position]) { throw .notAnInteger(offset: start) }
        return value
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for character in word.utf8 {
            guard try peek() == character else { throw .unexpected(offset: position) }
            position += 1
        }
        return value
    }

    private func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw .truncated }
        return bytes[position]
    }

    private mutating func expect(_ character: UnicodeScalar) throws(JSONError) {
        guard try peek() == UInt8(ascii: character) else { throw .unexpected(offset: position) }
        position += 1
    }

    private mutating func skipWhiteSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
    }
}

extension JSONValue {
    /// The largest document that is read unless the caller says otherwise: 64 MiB.
    public static let defaultSizeLimit = 64 << 20

    /// The value that a JSON text spells (RFC 8259), read strictly.
    ///
    /// - Throws: ``JSONError``, with the byte offset where reading stopped.
    /// - Complexity: O(n), nesting at most 32 deep.
    public init(parsing bytes: [UInt8], limit: Int = defaultSizeLimit) throws(JSONError) {
        self = try JSONParser.parse(bytes, limit: limit)
    }
}

extension JSONError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .empty: "there is no JSON: the input is empty"
        case .notUTF8: "the input is not UTF-8 text"
        case .tooLarge(let bytes, let limit): "the input has \(bytes) bytes, and at most \(limit) are read"
        case .truncated: "the JSON text ends inside a value"
        case .unexpected(let offset): "the byte at offset \(offset) cannot stand there in JSON"
        case .tooDeep(let limit): "values are nested more than \(limit) deep"
        case .notAnInteger(let offset):
            "the number at offset \(offset) is not a plain integer of at most 63 bits"
        case .duplicateField(let name): "the field \u{22}\(name)\u{22} stands twice in one object"
        case .trailingText(let offset): "text follows the document at offset \(offset)"
        }
    }
}
