import Glibc

/// Where a peer is found: `HOST:PORT`, an IPv6 address in brackets.
///
/// A name is looked up by the system before any deadline counts, and each address is tried in turn.
public struct WorkEndpoint: Equatable, Sendable, CustomStringConvertible {
    /// The host, a name or an address, without brackets.
    public let host: String
    /// The port; 0 lets the system choose one to listen on.
    public let port: UInt16

    /// An endpoint.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// The endpoint that `text` spells, or `nil`.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains("\0") else { return nil }
        self.init(host: String(host), port: port)
    }

    /// The endpoint as `HOST:PORT`.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// A stream to whoever listens here.
    ///
    /// - Throws: ``WorkStreamError/unreachable(address:reason:)`` where nobody does, or not within the timeout.
    public func connect(within timeout: Duration) throws(WorkStreamError) -> WorkStream {
        let deadline = ContinuousClock.now + timeout
        let descriptor = try unsafe socket(forListening: false) { descriptor, address, length in
            if unsafe Glibc.connect(descriptor, address, length) == 0 { return nil }
            guard errno == EINPROGRESS || errno == EINTR else { return errno }
            guard (try? WorkStream.isReady(descriptor, for: POLLOUT, until: deadline)) == true else { return ETIMEDOUT }
            var status: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &status, &size) == 0 else { return errno }
            return status == 0 ? nil : status
        }
        return WorkStream(input: descriptor, output: descriptor, closesDescriptors: true)
    }

    /// Listens here.
    ///
    /// - Throws: ``WorkStreamError/unreachable(address:reason:)`` where the system does not allow it.
    public func listen() throws(WorkStreamError) -> WorkListener {
        let descriptor = try unsafe socket(forListening: true) { descriptor, address, length in
            var on: Int32 = 1
            _ = unsafe setsockopt(
                descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
            guard unsafe bind(descriptor, address, length) == 0 else { return errno }
            return Glibc.listen(descriptor, 1) == 0 ? nil : errno
        }
        return WorkListener(descriptor: descriptor, asked: self)
    }

    /// A socket on the first address that `prepare` takes; what `prepare` gives is an error number, or `nil` for success.
    private func socket(
        forListening isPassive: Bool,
        _ prepare: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32?
    ) throws(WorkStreamError) -> Int32 {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_NUMERICSERV | (isPassive ? AI_PASSIVE : 0)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else {
            throw .unreachable(address: description, reason: unsafe String(cString: gai_strerror(status)))
        }
        defer { unsafe freeaddrinfo(list) }
        var failure: Int32 = 0
        var next = unsafe list
        while let entry = unsafe next {
            unsafe next = entry.pointee.ai_next
            let descriptor = unsafe Glibc.socket(
                entry.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | socketFlags, entry.pointee.ai_protocol)
            guard descriptor >= 0 else {
                failure = errno
                continue
            }
            guard let address = unsafe entry.pointee.ai_addr else { preconditionFailure("an entry has an address") }
            guard let error = unsafe prepare(descriptor, address, entry.pointee.ai_addrlen) else { return descriptor }
            failure = error
            close(descriptor)
        }
        throw .unreachable(address: description, reason: unsafe String(cString: strerror(failure)))
    }
}

/// Sockets never block, and no program started later inherits them.
private let socketFlags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)

/// An endpoint at which the first peer to come is taken, and nobody after it.
public struct WorkListener: ~Copyable {
    private let descriptor: Int32
    /// Where it listens; the port is the one that the system chose where 0 was asked for.
    public let endpoint: WorkEndpoint

    fileprivate init(descriptor: Int32, asked: WorkEndpoint) {
        self.descriptor = descriptor
        endpoint = WorkEndpoint(host: asked.host, port: Self.port(of: descriptor) ?? asked.port)
    }

    private static func port(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { storage -> UInt16? in
            let status = unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
            guard status == 0 else { return nil }
            // The port is the second 16-bit field of an IPv4 and of an IPv6 address alike.
            return unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                unsafe UInt16(bigEndian: $0.pointee.sin_port)
            }
        }
    }

    deinit { close(descriptor) }

    /// A stream to the first peer that comes. Nobody else is taken: the listener ends.
    ///
    /// - Throws: ``WorkStreamError/unreachable(address:reason:)`` where nobody comes in time, and
    ///   ``WorkStreamError/system(operation:reason:)``.
    public consuming func accept(within timeout: Duration) throws(WorkStreamError) -> WorkStream {
        let deadline = ContinuousClock.now + timeout
        while true {
            guard try WorkStream.isReady(descriptor, for: POLLIN, until: deadline) else {
                throw .unreachable(address: endpoint.description, reason: "nobody came in time")
            }
            let peer = Glibc.accept(descriptor, nil, nil)
            if peer >= 0 {
                _ = (fcntl(peer, F_SETFD, FD_CLOEXEC), fcntl(peer, F_SETFL, O_NONBLOCK))
                return WorkStream(input: peer, output: peer, closesDescriptors: true)
            }
            // Whoever came may have gone again.
            guard [EINTR, EAGAIN, EWOULDBLOCK, ECONNABORTED].contains(errno) else {
                throw .system(operation: "accept", reason: WorkStream.reason)
            }
        }
    }
}
