/// A kind of national identity number: its name, which precedes the number, and its rules.
///
///     <name>:<number>        canonical: the number in the scheme's one spelling
///
/// The list is open: who needs another scheme makes one and hands it to ``Patient``. The name goes into the token, so
/// the same digits under two schemes are two people.
public struct NationalIDScheme: Sendable {
    /// What stands before the colon, by convention the country's code, a hyphen and the number's name.
    public let name: String
    private let canonicalNumber: @Sendable (_ number: String) throws(TokenRule) -> String

    /// A scheme called `name`.
    ///
    /// - Parameters:
    ///   - name: 1 … 16 of `A … Z`, `0 … 9`, `-`.
    ///   - canonicalNumber: The one spelling of a number; throws the rule that the number breaks.
    /// - Precondition: `name` has that form.
    public init(name: String, canonicalNumber: @escaping @Sendable (_ number: String) throws(TokenRule) -> String) {
        precondition(
            (1...16).contains(name.utf8.count) && name.utf8.allSatisfy(Identifiers.isPlanCharacter),
            "a scheme's name is 1 to 16 of A-Z, 0-9 and the hyphen")
        self.name = name
        self.canonicalNumber = canonicalNumber
    }

    /// The schemes that records are read with unless the caller says otherwise.
    public static let known: [NationalIDScheme] = [.usSSN, .gbNHS]

    /// United States social security number: nine digits, bare or cut `AAA-GG-SSSS` by hyphens or by spaces; area not
    /// 000, 666 or 900 … 999, group not 00, serial not 0000.
    public static let usSSN = NationalIDScheme(name: "US-SSN", canonicalNumber: Identifiers.socialSecurity)

    /// NHS number of England, Wales and the Isle of Man: ten digits, bare or cut `NNN NNN NNNN` by spaces or by
    /// hyphens; the last is a check digit modulo 11.
    ///
    /// - SeeAlso: NHS Data Model and Dictionary, *NHS number*.
    public static let gbNHS = NationalIDScheme(name: "GB-NHS", canonicalNumber: Identifiers.nationalHealthService)

    /// The canonical spelling of `text`, by the scheme among `schemes` that it names.
    ///
    /// - Throws: ``TokenRule/scheme`` where none is named, or the rule of the scheme.
    static func canonical(_ text: String, schemes: [NationalIDScheme]) throws(TokenRule) -> String {
        for scheme in schemes {
            guard let number = text.droppingScheme(scheme.name + ":") else { continue }
            return scheme.name + ":" + (try scheme.canonicalNumber(String(number)))
        }
        throw .scheme
    }
}
