// swift-tools-version: 6.3
import PackageDescription

// One executable that libFuzzer drives; RINGWORK_FUZZ names the decoder that it feeds. `make fuzz` runs them all.
let package = Package(
    name: "RingworkFuzz",
    dependencies: [.package(name: "Ringwork", path: "../..")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "ByteCoding", "Hashing", "ModularArithmetic", "RingSignatures", "MerkleTrees", "ProofOfWork",
                "HashWork",
                "Tokenization", "Sealing", "Ledger", "VectorSuites",
            ].map { .product(name: $0, package: "Ringwork") },
            swiftSettings: [
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("ExistentialAny"),
                .treatAllWarnings(as: .error),
                // libFuzzer brings its own main.
                .unsafeFlags(["-parse-as-library"]),
            ])
    ]
)
