// swift-tools-version: 6.3
import PackageDescription

// Runs every operation on secrets under valgrind, with the secrets marked as undefined memory. `make ctime` builds it
// with CONSTANT_TIME_CHECK, which lets the library mark what it publishes.
let package = Package(
    name: "RingworkConstantTime",
    dependencies: [.package(name: "Ringwork", path: "../..")],
    targets: [
        .target(name: "CMarks"),
        .executableTarget(
            name: "ConstantTime",
            dependencies: ["CMarks"]
                + [
                    "ByteCoding", "Hashing", "ModularArithmetic", "RingSignatures", "Tokenization", "Sealing",
                ].map { .product(name: $0, package: "Ringwork") },
            swiftSettings: [
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("ExistentialAny"),
                .treatAllWarnings(as: .error),
            ]),
    ],
    cLanguageStandard: .c17
)
