/// Why a JSON document does not follow its schema.
public enum DocumentError: Error, Equatable, Sendable {
    /// The text is not JSON.
    case json(JSONError)
    /// The document's `schema` is another one.
    case wrongSchema(expected: String, actual: String?)
    /// A required field is missing. Every field is always present; an absent value is `null` or `[]`.
    case missingField(String)
    /// A field that the schema does not have.
    case unknownField(String)
    /// A field holds another kind of JSON value.
    case wrongKind(field: String, expected: String, actual: String)
    /// A field holds a string that is not in the grammar of its place.
    case malformed(field: String, reason: String)
}

/// Reads the fields of one JSON object by name, and refuses what is left over.
///
/// `path` names the object in errors: a problem in the third key of a ring is reported as `keys[2].y`.
public struct DocumentReader {
    private var fields: [JSONValue.Field]
    private let path: String

    /// The object that `value` is, at `path`.
    public init(_ value: JSONValue, path: String = "") throws(DocumentError) {
        guard case .object(let fields) = value else {
            throw .wrongKind(field: path.isEmpty ? "document" : path, expected: "object", actual: value.kind)
        }
        self.fields = fields
        self.path = path.isEmpty ? "" : path + "."
    }

    /// The document that `bytes` spell, whose `schema` must be `ringwork/<name>/1`.
    public init(document bytes: [UInt8], schema: String, limit: Int = JSONValue.defaultSizeLimit) throws(DocumentError)
    {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes, limit: limit) } catch { throw .json(error) }
        try self.init(value)
        try checkSchema(schema)
    }

    /// Reads the `schema` field, which must be `expected`.
    public mutating func checkSchema(_ expected: String) throws(DocumentError) {
        let actual = Self.schema(of: .object(fields))
        guard actual == expected else { throw .wrongSchema(expected: expected, actual: actual) }
        _ = try value("schema")
    }

    /// The `schema` of a document, when it has one.
    public static func schema(of value: JSONValue) -> String? {
        guard case .object(let fields) = value, let field = fields.first(where: { isNamed($0, "schema") }),
            case .string(let text) = field.value
        else { return nil }
        return text
    }

    /// The value of a required field.
    public mutating func value(_ name: String) throws(DocumentError) -> JSONValue {
        guard let index = fields.firstIndex(where: { Self.isNamed($0, name) }) else { throw .missingField(path + name) }
        return fields.remove(at: index).value
    }

    /// A string field.
    public mutating func string(_ name: String) throws(DocumentError) -> String {
        let value = try value(name)
        guard case .string(let text) = value else { throw wrongKind(name, "string", value) }
        return text
    }

    /// A string field, or `nil` where it is `null`.
    public mutating func optionalString(_ name: String) throws(DocumentError) -> String? {
        let value = try value(name)
        if case .null = value { return nil }
        guard case .string(let text) = value else { throw wrongKind(name, "string or null", value) }
        return text
    }

    /// A field of lower-case hexadecimal bytes.
    public mutating func bytes(_ name: String, count: Int? = nil) throws(DocumentError) -> [UInt8] {
        let text = try string(name)
        do { return try Hex.decode(text, count: count) } catch {
            throw .malformed(field: path + name, reason: "\(error)")
        }
    }

    /// A field of lower-case hexadecimal bytes, or `nil` where it is `null`.
    public mutating func optionalBytes(_ name: String) throws(DocumentError) -> [UInt8]? {
        guard let text = try optionalString(name) else { return nil }
        do { return try Hex.decode(text) } catch { throw .malformed(field: path + name, reason: "\(error)") }
    }

    /// A number field within `range`.
    public mutating func integer(_ name: String, in range: ClosedRange<Int64>) throws(DocumentError) -> Int64 {
        let value = try value(name)
        guard case .integer(let number) = value else { throw wrongKind(name, "number", value) }
        guard range.contains(number) else {
            throw .malformed(field: path + name, reason: "\(number) is outside \(range.lowerBound)…\(range.upperBound)")
        }
        return number
    }

    /// A boolean field.
    public mutating func boolean(_ name: String) throws(DocumentError) -> Bool {
        let value = try value(name)
        guard case .boolean(let flag) = value else { throw wrongKind(name, "boolean", value) }
        return flag
    }

    /// An array field.
    public mutating func array(_ name: String) throws(DocumentError) -> [JSONValue] {
        let value = try value(name)
        guard case .array(let values) = value else { throw wrongKind(name, "array", value) }
        return values
    }

    /// An array of strings.
    public mutating func strings(_ name: String) throws(DocumentError) -> [String] {
        var strings: [String] = []
        for (index, value) in try array(name).enumerated() {
            guard case .string(let text) = value else { throw wrongKind("\(name)[\(index)]", "string", value) }
            strings.append(text)
        }
        return strings
    }

    /// An object field, read by its own reader.
    public mutating func object(_ name: String) throws(DocumentError) -> DocumentReader {
        try DocumentReader(try value(name), path: path + name)
    }

    /// An object field, or `nil` where it is `null`.
    public mutating func optionalObject(_ name: String) throws(DocumentError) -> DocumentReader? {
        let value = try value(name)
        if case .null = value { return nil }
        return try DocumentReader(value, path: path + name)
    }

    /// An array of objects, each read by its own reader.
    public mutating func objects(_ name: String) throws(DocumentError) -> [DocumentReader] {
        var readers: [DocumentReader] = []
        for (index, value) in try array(name).enumerated() {
            readers.append(try DocumentReader(value, path: "\(path)\(name)[\(index)]"))
        }
        return readers
    }

    /// The full path of a field of this object, for errors that a caller makes.
    public func path(_ name: String) -> String { path + name }

    /// Checks that no field is left unread.
    public func finish() throws(DocumentError) {
        if let field = fields.first { throw .unknownField(path + field.name) }
    }

    /// Compares bytes: Swift's `==` would take the Kelvin sign for the letter K.
    private static func isNamed(_ field: JSONValue.Field, _ name: String) -> Bool {
        field.name.utf8.elementsEqual(name.utf8)
    }

    private func wrongKind(_ name: String, _ expected: String, _ actual: JSONValue) -> DocumentError {
        .wrongKind(field: path + name, expected: expected, actual: actual.kind)
    }
}

/// `kind` with "a" or "an", or nothing for `null`.
private func article(_ kind: String) -> String {
    kind == "null" ? kind : (kind.first.map { "aeiou".contains($0) } == true ? "an " : "a ") + kind
}

extension DocumentError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .json(let error): error.description
        case .wrongSchema(let expected, let actual):
            "the document's schema is \(actual ?? "missing"), and \(expected) is needed"
        case .missingField(let name): "the field \(name) is missing"
        case .unknownField(let name): "the field \(name) is not in the schema"
        case .wrongKind(let field, let expected, let actual):
            "\(field) must be \(article(expected)), and is \(article(actual))"
        case .malformed(let field, let reason): "\(field): \(reason)"
        }
    }
}
