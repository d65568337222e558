/// A JSON text as a value: objects keep the order of their fields, and integers are the only numbers.
///
/// Ringwork's documents spell every number over 53 bits as hexadecimal, so a JSON number is always an integer that
/// fits in `Int64`. A fraction or an exponent is refused on reading.
public enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case string(String)
    case array([JSONValue])
    case object([Field])

    /// One field of an object.
    public struct Field: Equatable, Sendable {
        /// The field's name.
        public let name: String
        /// The field's value.
        public let value: JSONValue

        /// A field called `name`.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// What kind of value this is, in the words of the JSON grammar.
    public var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    /// An object, its fields in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Field($0.0, $0.1) })
    }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// A string, or `null` where there is none.
    public init(_ text: String?) { self = text.map { .string($0) } ?? .null }
}
