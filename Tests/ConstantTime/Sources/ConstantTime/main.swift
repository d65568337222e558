import ByteCoding
import CMarks
import Foundation

switch CommandLine.arguments.dropFirst().first {
case "check":
    guard cm_is_checked() else { fatalError("this check runs under valgrind, built with valgrind/memcheck.h") }
    for section in try sections() {
        let before = errorCount()
        try section.run()
        let errors = errorCount() - before
        print("\(errors == 0 ? "clean" : "\(errors) ERRORS")  \(section.name)")
    }
    print("\(errorCount()) errors; values were published at \(cm_publication_count()) places")
    exit(errorCount() == 0 ? 0 : 1)
case "leak":
    // The positive control: what follows must be reported.
    let before = errorCount()
    _ = secretBytes(8).withUnsafeBytes { cm_leak($0.baseAddress, $0.count) }
    print("\(errorCount() - before) errors in a function that leaks")
    exit(cm_is_checked() && errorCount() > before ? 0 : 1)
case "trace":
    exit(try tracesAreEqual() ? 0 : 1)
default:
    print("usage: ConstantTime check | leak | trace")
    exit(2)
}
