#if CONSTANT_TIME_CHECK
    /// Defined by `Tests/ConstantTime`, which marks secrets as undefined memory under valgrind.
    @_silgen_name("ringwork_mark_public")
    private func markPublic(_ start: UnsafeMutableRawPointer?, _ count: Int)
#endif

/// `value`, public from here on: a verdict, or what is published, made from secrets.
///
/// Says to a reader, and to the constant-time check (`make ctime`), that the program may branch on it. In every other
/// build it does nothing.
public func published<T: BitwiseCopyable>(_ value: T) -> T {
    #if CONSTANT_TIME_CHECK
        var value = value
        unsafe withUnsafeMutableBytes(of: &value) { unsafe markPublic($0.baseAddress, $0.count) }
    #endif
    return value
}

/// Says of the bytes of a secret what ``published(_:)`` says of a value.
@unsafe public func publish(_ memory: UnsafeMutableRawBufferPointer) {
    #if CONSTANT_TIME_CHECK
        unsafe markPublic(memory.baseAddress, memory.count)
    #endif
}
