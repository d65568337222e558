// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

func ringwork(_ modules: String...) -> [Target.Dependency] {
    modules.map { .product(name: $0, package: "Ringwork") }
}

// Measures Ringwork beside what a user would take instead, in one run. `make bench` and `make bench-quick` at the top
// run it. Peers that not every machine has, libsodium and FLINT, are looked up while it runs: nothing here is built
// differently with or without them.
let package = Package(
    name: "RingworkBenchmarks",
    dependencies: [
        .package(name: "Ringwork", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // A peer, so one version: a number in a report means the same everywhere.
        .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
    ],
    targets: [
        .target(
            name: "CPeers",
            linkerSettings: [
                .linkedLibrary("gmp"), .linkedLibrary("crypto"), .linkedLibrary("dl", .when(platforms: [.linux])),
            ]
        ),
        .target(name: "BenchmarkReport", swiftSettings: strict),
        .target(
            name: "BenchmarkSuites",
            dependencies: ["CPeers", "BenchmarkReport", .product(name: "BigInt", package: "BigInt")]
                + ringwork(
                    "ByteCoding", "Hashing", "ModularArithmetic", "RingSignatures", "MerkleTrees", "ProofOfWork",
                    "HashWork", "Tokenization", "Sealing"),
            swiftSettings: strict),
        .executableTarget(
            name: "ringwork-bench",
            dependencies: [
                "BenchmarkReport", "BenchmarkSuites",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BenchmarkReportTests", dependencies: ["BenchmarkReport"] + ringwork("ByteCoding"),
            swiftSettings: strict),
        .testTarget(
            name: "BenchmarkSuitesTests",
            dependencies: ["CPeers", "BenchmarkReport", "BenchmarkSuites", "ringwork-bench"]
                + ringwork("ByteCoding", "Hashing", "ModularArithmetic", "RingSignatures", "ProofOfWork")
                + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: strict),
    ],
    cLanguageStandard: .c17
)
