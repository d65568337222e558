import Foundation

/// What libFuzzer calls once before the first input.
///
/// With `RINGWORK_FUZZ_SEEDS` naming a directory it writes the seed corpus of every target there and ends the program.
@_cdecl("LLVMFuzzerInitialize")
public func initializeFuzzer(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>>
) -> CInt {
    let environment = ProcessInfo.processInfo.environment
    if let directory = environment["RINGWORK_FUZZ_SEEDS"] {
        do { try writeSeeds(to: URL(filePath: directory)) } catch { fatalError("the seeds were not written: \(error)") }
        exit(0)
    }
    _ = FuzzTarget.selected
    return 0
}

/// One execution.
@_cdecl("LLVMFuzzerTestOneInput")
public func runOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do { try FuzzTarget.selected.check(bytes) } catch { describe(error) }
    return 0
}

/// A refusal must be able to say its reason, however strange the input.
private func describe(_ error: any Error) { require(!"\(error)".isEmpty, "a refusal has no text") }

private func writeSeeds(to directory: URL) throws {
    for target in FuzzTarget.all {
        let folder = directory.appending(path: target.name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, seed) in try target.seeds().enumerated() {
            try Data(seed).write(to: folder.appending(path: "seed-\(index)"))
            do { try target.check(seed) } catch { print("\(target.name)/seed-\(index) is refused: \(error)") }
        }
    }
}
