// swift-tools-version: 6.3
import PackageDescription

/// Every Swift target: imports are explicit and internal unless said otherwise, existentials are visible,
/// and a warning stops the build.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// Modules that hold pointers mark each unsafe expression.
let strictWithPointers: [SwiftSetting] = strict + [.strictMemorySafety()]

/// The modules, lowest line first. A module may import the lines below its own, never its own line.
let modules: [(name: String, dependencies: [Target.Dependency], settings: [SwiftSetting])] = [
    // 2
    ("ByteCoding", ["COpenSSL"], strictWithPointers),
    // 3
    ("ModularArithmetic", ["CGMP", "CKernels", "COpenSSL", "ByteCoding"], strictWithPointers),
    ("Hashing", ["CKernels", "COpenSSL", "ByteCoding"], strictWithPointers),
    // 4
    ("RingSignatures", ["ModularArithmetic", "Hashing", "ByteCoding"], strict),
    ("MerkleTrees", ["Hashing", "ByteCoding"], strict),
    ("ProofOfWork", ["CKernels", "ModularArithmetic", "Hashing", "ByteCoding"], strictWithPointers),
    ("HashWork", ["Hashing", "ByteCoding"], strictWithPointers),
    ("Tokenization", ["Hashing", "ByteCoding"], strict),
    ("Sealing", ["COpenSSL", "ByteCoding"], strictWithPointers),
    // 5
    (
        "Ledger",
        ["RingSignatures", "MerkleTrees", "ProofOfWork", "Tokenization", "ModularArithmetic", "Hashing", "ByteCoding"],
        strict
    ),
    // 7
    (
        "Scenarios",
        [
            "Ledger", "RingSignatures", "MerkleTrees", "ProofOfWork", "HashWork", "Tokenization", "Sealing",
            "ModularArithmetic", "Hashing", "ByteCoding",
        ], strict
    ),
    (
        "VectorSuites",
        [
            "RingSignatures", "MerkleTrees", "ProofOfWork", "HashWork", "Tokenization", "Sealing",
            "ModularArithmetic", "Hashing", "ByteCoding",
        ], strict
    ),
]

/// What the tests of a module take beside what it takes itself: a sealed signature has its encryption from outside, and
/// the header scan's hash is compared with OpenSSL's.
let onlyTests: [String: [Target.Dependency]] = ["RingSignatures": ["Sealing"], "ProofOfWork": ["COpenSSL"]]

let package = Package(
    name: "Ringwork",
    products: modules.map { .library(name: $0.name, targets: [$0.name]) } + [
        .executable(name: "ringwork", targets: ["ringwork"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"]), .brew(["gmp"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .target(name: "CKernels", exclude: ["README.md"]),
    ]
        + modules.map {
            .target(
                name: $0.name, dependencies: $0.dependencies,
                exclude: $0.name == "Tokenization" ? ["Tables/casefolding.py", "Tables/composition.py"] : [],
                swiftSettings: $0.settings)
        }
        + [
            .executableTarget(
                name: "ringwork",
                dependencies: [
                    "Scenarios", "VectorSuites", "Ledger", "RingSignatures", "MerkleTrees", "ProofOfWork", "HashWork",
                    "Tokenization", "ModularArithmetic", "Hashing", "ByteCoding",
                    .product(name: "ArgumentParser", package: "swift-argument-parser"),
                ],
                exclude: ["README.md"],
                swiftSettings: strict),
            .target(
                name: "Support", dependencies: ["CKernels", "ByteCoding", "ModularArithmetic"], path: "Tests/Support",
                swiftSettings: strict),
        ]
        + modules.map {
            .testTarget(
                name: $0.name + "Tests",
                dependencies: $0.dependencies + [.target(name: $0.name), "Support"] + (onlyTests[$0.name] ?? []),
                swiftSettings: strict)
        } + [
            .testTarget(
                name: "RingworkTests", dependencies: ["ringwork", "ByteCoding", "Support"], swiftSettings: strict)
        ],
    cLanguageStandard: .c17
)
