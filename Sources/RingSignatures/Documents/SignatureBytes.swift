public import ByteCoding
public import ModularArithmetic

/// Why bytes are not the compact form of a signature.
public enum SignatureBytesError: Error, Equatable, Sendable {
    /// A field is cut short, or bytes follow the last one.
    case bytes(ByteReaderError)
    /// The first byte names no known form.
    case version(UInt8)
    /// The flag byte has bits that no mode has, or `sealed` without `designated`.
    case flags(UInt8)
}

/// The compact form: fixed widths, one spelling for each signature of a group.
///
///     version 01 ‖ flags ‖ n₄ ‖ y₀ … yₙ₋₁ ‖ len₄ ‖ context ‖ [y_R] ‖ [h_A] ‖ E ‖ δ ‖ [τ] ‖ [A1 ‖ A2]
///     ‖ n × (α ‖ β [‖ γ]) ‖ [U ‖ len₄ ‖ ciphertext]
///
/// Elements take ℓp bytes, scalars ℓq, n and lengths 4, all big-endian. The flags are those of the mode, and 16 where a
/// sealed signature names its recipient; y_R stands where a signature names one.
extension RingSignatureFields {
    private static let version: UInt8 = 1
    private static let namedRecipientFlag: UInt8 = 16

    /// The compact form.
    ///
    /// - Precondition: every number fits the width of its place, as in any signature that was checked.
    public func encoded(in group: SchnorrGroup) -> [UInt8] {
        func element(_ value: Natural?) -> [UInt8] { value.map { group.encode(element: $0) } ?? [] }
        func scalar(_ value: Natural) -> [UInt8] { group.encode(scalar: value) }
        var bytes = [Self.version, flags] + UInt32(ring.count).bigEndianBytes + ring.flatMap { element($0) }
        bytes += UInt32(context.count).bigEndianBytes + context
        bytes += element(recipient) + element(administrator) + element(ephemeral) + element(delta)
        bytes += element(linkingTag) + element(opening1) + element(opening2)
        for index in alpha.indices {
            bytes += element(alpha[index]) + scalar(beta[index])
            if !gamma.isEmpty { bytes += scalar(gamma[index]) }
        }
        if let sealed {
            bytes += element(sealed.u) + UInt32(sealed.ciphertext.count).bigEndianBytes + sealed.ciphertext
        }
        return bytes
    }

    /// The fields that `bytes` spell, values unchecked.
    ///
    /// - Parameters:
    ///   - bytes: The compact form, nothing before or after it.
    ///   - group: The group whose widths apply.
    /// - Complexity: Linear; no more is allocated than the bytes can hold.
    public init(decoding bytes: [UInt8], in group: SchnorrGroup) throws(SignatureBytesError) {
        do {
            try self.init(reading: bytes, in: group)
        } catch let error as ByteReaderError {
            throw .bytes(error)
        } catch let error as SignatureBytesError {
            throw error
        } catch {
            preconditionFailure("no other error is thrown")
        }
    }

    private init(reading bytes: [UInt8], in group: SchnorrGroup) throws {
        var reader = ByteReader(bytes)
        func element(_ field: String) throws(ByteReaderError) -> Natural {
            Natural(bigEndianBytes: try reader.read(group.elementByteCount, field: field))
        }
        func scalar(_ field: String) throws(ByteReaderError) -> Natural {
            Natural(bigEndianBytes: try reader.read(group.scalarByteCount, field: field))
        }
        func framed(_ field: String) throws(ByteReaderError) -> [UInt8] {
            let length: UInt32 = try reader.readBigEndian(field: field)
            return try reader.read(Int(length), field: field)
        }
        let version = try reader.read(1, field: "version")[0]
        guard version == Self.version else { throw SignatureBytesError.version(version) }
        let byte = try reader.read(1, field: "flags")[0]
        let namesRecipient = byte & Self.namedRecipientFlag != 0
        let flags = PaperMode(rawValue: byte & ~Self.namedRecipientFlag)
        guard flags.isValid, !namesRecipient || flags.contains(.sealed) else { throw SignatureBytesError.flags(byte) }
        let count: UInt32 = try reader.readBigEndian(field: "n")
        // Checked before any list is made: n members need at least n elements.
        guard Int(count) <= reader.left / group.elementByteCount else {
            throw ByteReaderError.truncated(
                field: "ring", needed: Int(count) * group.elementByteCount, left: reader.left)
        }
        let members = 0..<Int(count)
        let ring = try members.map { _ in try element("ring") }
        let context = try framed("context")
        let isNamed = flags.contains(.designated) && (!flags.contains(.sealed) || namesRecipient)
        let recipient = isNamed ? try element("recipient") : nil
        let administrator = flags.contains(.open) ? try element("administrator") : nil
        self.init(
            ring: ring, context: context, ephemeral: try element("E"), delta: try element("delta"), alpha: [], beta: [])
        self.recipient = recipient
        self.administrator = administrator
        linkingTag = flags.contains(.link) ? try element("tau") : nil
        if flags.contains(.open) {
            opening1 = try element("A1")
            opening2 = try element("A2")
        }
        for _ in members {
            alpha.append(try element("alpha"))
            beta.append(try scalar("beta"))
            if flags.contains(.open) { gamma.append(try scalar("gamma")) }
        }
        if flags.contains(.sealed) { sealed = Sealed(u: try element("U"), ciphertext: try framed("ciphertext")) }
        try reader.finish()
    }

    private var flags: UInt8 {
        var flags: PaperMode = []
        if linkingTag != nil { flags.insert(.link) }
        if administrator != nil { flags.insert(.open) }
        if recipient != nil || sealed != nil { flags.insert(.designated) }
        if sealed != nil { flags.insert(.sealed) }
        return flags.rawValue | (sealed != nil && recipient != nil ? Self.namedRecipientFlag : 0)
    }
}

extension SignatureBytesError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .bytes(let error): error.description
        case .version(let version): "the first byte is \(version), and only form 1 is known"
        case .flags(let flags): "the flag byte \(flags) names no mode"
        }
    }
}
