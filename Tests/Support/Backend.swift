public import CKernels
public import Testing

/// A backend of the C kernels, for tests that call each of them by name.
public struct Backend: Hashable, Sendable, CustomTestStringConvertible {
    /// The backend as the kernels know it.
    public let kernels: ck_backend

    /// The backend of this number.
    public init(kernels: ck_backend) { self.kernels = kernels }

    /// Its name, as in `RINGWORK_KERNELS`.
    public var name: String { String(cString: ck_backend_name(kernels)) }
    /// The name, for test reports.
    public var testDescription: String { name }
    /// Whether this processor can run it.
    public var isSupported: Bool { ck_backend_is_supported(kernels) == 1 }

    /// All of them, the portable one first.
    public static let all = (0..<UInt32(CK_BACKEND_COUNT)).map { Backend(kernels: ck_backend(rawValue: $0)) }
    /// Those that this processor can run.
    public static let supported = all.filter(\.isSupported)
    /// The one of this name.
    public static func named(_ name: String) -> Backend? { all.first { $0.name == name } }
}
