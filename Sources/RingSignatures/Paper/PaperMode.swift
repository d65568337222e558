/// The modes of the paper's ring signature, freely combined: the flag byte that λ binds.
public struct PaperMode: OptionSet, Hashable, Sendable {
    /// The flag byte.
    public let rawValue: UInt8

    /// A mode from its flag byte.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Two signatures of one key in one context carry the same tag τ.
    public static let link = PaperMode(rawValue: 1)
    /// A named administrator can find the signer, and prove it.
    public static let open = PaperMode(rawValue: 2)
    /// A named recipient can find the signer.
    public static let designated = PaperMode(rawValue: 4)
    /// The recipient is hidden and the message encrypted; only together with `designated`.
    public static let sealed = PaperMode(rawValue: 8)

    /// Whether the flag byte has known bits only, and `sealed` only together with `designated`.
    public var isValid: Bool { rawValue & 0xf0 == 0 && (!contains(.sealed) || contains(.designated)) }
}

extension PaperMode: CustomStringConvertible {
    /// The modes' names.
    public var description: String {
        let names: [(PaperMode, String)] = [
            (.link, "linkable"), (.open, "openable"), (.designated, "designated"), (.sealed, "sealed"),
        ]
        let own = names.filter { contains($0.0) }.map(\.1)
        return own.isEmpty ? "base" : own.joined(separator: ", ")
    }
}
