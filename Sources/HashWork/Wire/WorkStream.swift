import Glibc

/// A two-way connection to a peer that may be hostile: lines over two file descriptors, with a deadline for each step.
///
/// The deadline counts from the moment at which the peer's line becomes due to its line feed, so a peer that sends a byte
/// now and then gains nothing. No more than ``WorkMessage/lineByteLimit`` bytes and a line feed are ever held. What a
/// peer sends after its last line is not read.
///
/// Nothing here says who the peer is, or hides what is said from others: a name is bound into version 2's work, and not
/// proved.
public struct WorkStream: ~Copyable {
    private let input: Int32
    private let output: Int32
    private let closesDescriptors: Bool
    private var pending: [UInt8] = []

    /// A stream that reads from one descriptor and writes to another, or to the same.
    ///
    /// Their modes stay as they are. Writing to a pipe that nobody reads raises `SIGPIPE`, which the program must ignore;
    /// writing to a socket does not.
    /// - Parameters:
    ///   - input: A pipe, a socket, a terminal or a file.
    ///   - output: A pipe, a socket, a terminal or a file.
    ///   - closesDescriptors: Whether they are closed with the stream.
    public init(input: Int32, output: Int32, closesDescriptors: Bool = false) {
        self.input = input
        self.output = output
        self.closesDescriptors = closesDescriptors
    }

    deinit {
        guard closesDescriptors else { return }
        close(input)
        if output != input { close(output) }
    }

    /// Plays `side` to its verdict against whoever is at the other end.
    ///
    /// - Parameters:
    ///   - side: An honest side. It has accepted when this returns.
    ///   - timeout: How long each of the peer's lines may take, whole; and how long the peer may take to read one.
    ///   - transcript: Gets every message sent and received, in order, also where the run fails.
    /// - Throws: ``WorkStreamError``.
    /// - Complexity: At most four lines each way: four timeouts, and the side's own work.
    public mutating func play(
        _ side: inout some WorkSide, timeout: Duration, transcript: inout [WorkMessage]
    ) throws(WorkStreamError) {
        var replies = side.firstMessages
        while true {
            for message in replies {
                try send(message, within: timeout)
                transcript.append(message)
            }
            guard side.verdict == .pending else { break }
            let message = try receive(awaiting: side.due, within: timeout)
            transcript.append(message)
            do { replies = try side.handle(message) } catch { throw .refused(error) }
        }
        if case .abort(let error) = side.verdict { throw .refused(error) }
    }

    /// Sends one message.
    ///
    /// - Throws: ``WorkStreamError/closed(awaiting:)``, ``WorkStreamError/timeout(awaiting:)``, both awaiting nothing, and
    ///   ``WorkStreamError/system(operation:reason:)``.
    public func send(_ message: WorkMessage, within timeout: Duration) throws(WorkStreamError) {
        let deadline = ContinuousClock.now + timeout
        var rest = Array((message.line + "\n").utf8)[...]
        while !rest.isEmpty {
            guard try Self.isReady(output, for: POLLOUT, until: deadline) else { throw .timeout(awaiting: nil) }
            let count = put(rest)
            guard count >= 0 else {
                if [EINTR, EAGAIN, EWOULDBLOCK].contains(errno) { continue }
                if [EPIPE, ECONNRESET].contains(errno) { throw .closed(awaiting: nil) }
                throw .system(operation: "write", reason: Self.reason)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// The peer's next message.
    ///
    /// - Parameters:
    ///   - step: The step that is due, for errors. That the message is of this step, the side checks.
    ///   - timeout: How long the whole line may take from now.
    /// - Throws: ``WorkStreamError``.
    public mutating func receive(
        awaiting step: WorkStep? = nil, within timeout: Duration
    ) throws(WorkStreamError) -> WorkMessage {
        let deadline = ContinuousClock.now + timeout
        var chunk = [UInt8](repeating: 0, count: WorkMessage.lineByteLimit + 1)
        while true {
            if let end = pending.firstIndex(of: 0x0a) {
                guard end <= WorkMessage.lineByteLimit else { throw .lineTooLong(limit: WorkMessage.lineByteLimit) }
                guard end == pending.count - 1 else { throw .outOfTurn(awaiting: step) }
                let line = Array(pending[..<end])
                pending.removeAll()
                do { return try WorkMessage(line: line) } catch { throw .malformed(error) }
            }
            guard pending.count <= WorkMessage.lineByteLimit else {
                throw .lineTooLong(limit: WorkMessage.lineByteLimit)
            }
            guard try Self.isReady(input, for: POLLIN, until: deadline) else { throw .timeout(awaiting: step) }
            let count = unsafe read(input, &chunk, chunk.count)
            guard count >= 0 else {
                if [EINTR, EAGAIN, EWOULDBLOCK].contains(errno) { continue }
                if errno == ECONNRESET { throw .closed(awaiting: step) }
                throw .system(operation: "read", reason: Self.reason)
            }
            guard count > 0 else {
                guard pending.isEmpty else { throw .truncated }
                throw .closed(awaiting: step)
            }
            pending += chunk[..<count]
        }
    }

    /// Waits until `descriptor` is ready for `event` or broken, which the next operation on it tells apart.
    ///
    /// - Returns: Whether it is; `false` at the deadline.
    static func isReady(
        _ descriptor: Int32, for event: Int32, until deadline: ContinuousClock.Instant
    ) throws(WorkStreamError) -> Bool {
        while true {
            let left = deadline - .now
            guard left > .zero else { return false }
            // Rounded up, so that the last wait is not a busy one.
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
            var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            let ready = unsafe poll(&entry, 1, Int32(clamping: milliseconds))
            if ready > 0 { return true }
            guard ready == 0 || errno == EINTR else { throw .system(operation: "poll", reason: reason) }
        }
    }

    /// Why the last operation failed.
    static var reason: String { unsafe String(cString: strerror(errno)) }

    /// Writes what can be written without waiting. A line is shorter than a pipe's least room, so a descriptor that may
    /// block takes it whole.
    private func put(_ bytes: ArraySlice<UInt8>) -> Int {
        unsafe bytes.withUnsafeBytes {
            let count = unsafe Self.sendQuietly(output, $0)
            guard count < 0, errno == ENOTSOCK else { return count }
            return unsafe write(output, $0.baseAddress, $0.count)
        }
    }

    private static func sendQuietly(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
    }
}
