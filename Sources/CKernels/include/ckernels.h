// Ringwork's C kernels. One concept a header block, one file an instruction set, the portable twin always present.
// Pointers are `const void *` and lengths `size_t`, so that Swift passes raw buffers without binding memory.
#ifndef RINGWORK_CKERNELS_H
#define RINGWORK_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// Backends -----------------------------------------------------------------------------------------------------

// The instruction sets that a kernel may be written for, in the order in which they are preferred: a later one is
// taken where the processor has it, the cap allows it, and there is work enough to fill its lanes.
//
//     portable     C17, no instruction set
//     avx2         8 messages at once
//     sha-ni       one message, or several side by side
//     avx512       16 messages at once, or 32; with IFMA, 8 products modulo one number
//
// RINGWORK_KERNELS=<name> caps them: the backends that stand after the named one in this list are not used. So
// `portable` leaves only the portable code, `avx2` takes away SHA-NI and AVX-512, `sha-ni` takes away AVX-512, and
// `avx512` changes nothing. Another value is ignored here, and refused by the command line.
enum ck_backend { CK_PORTABLE, CK_AVX2, CK_SHA_NI, CK_AVX512 };
enum { CK_BACKEND_COUNT = 4 };

// The name as in the list above.
const char *ck_backend_name(enum ck_backend backend);

// Whether the processor has the instructions and the operating system saves their registers.
int ck_backend_is_supported(enum ck_backend backend);

// Whether the backend is supported and the cap allows it: whether dispatch may take it.
int ck_backend_is_enabled(enum ck_backend backend);

// The backend that dispatch takes for one message, for most of a large batch, and for a header scan.
enum ck_backend ck_sha256_backend(void);
enum ck_backend ck_sha256_many_backend(void);
enum ck_backend ck_scan_headers_backend(void);

// The functions below come in two forms. The plain one dispatches. The one that ends in `_on` runs the named backend,
// which must be supported, whatever the cap; a backend without a kernel for the job runs the portable one.

// SHA-256 (FIPS 180-4 §6.2) ------------------------------------------------------------------------------------

// Compresses `blocks` 64-byte blocks into the eight state words. Time depends on `blocks` only. The kernels are
// portable and SHA-NI: one message has no lanes to fill.
void ck_sha256_compress(uint32_t state[8], const void *data, size_t blocks);
void ck_sha256_compress_on(enum ck_backend backend, uint32_t state[8], const void *data, size_t blocks);
void ck_sha256_compress_portable(uint32_t state[8], const void *data, size_t blocks);

// The 32-byte digest of one message, which the digest may overwrite.
void ck_sha256(void *digest, const void *message, size_t length);

// Replaces a 32-byte digest by its SHA-256, `times` times: a chain, in which every step waits for the one before.
void ck_sha256_chain(void *digest, size_t times);
void ck_sha256_chain_on(enum ck_backend backend, void *digest, size_t times);

// Many messages of one length ----------------------------------------------------------------------------------

// No byte before the messages.
enum { CK_NO_PREFIX = -1 };

// Hashes `count` independent messages of `length` bytes each, the first of which begin `stride` bytes apart:
//
//     digests[i] = SHA-256(prefix ‖ messages[i·stride ..< i·stride + length])        [32 bytes each, one after another]
//
// or the SHA-256 of that where `doubled` is not 0. prefix is a byte, 0…255, or CK_NO_PREFIX.
// The digests may overwrite the messages if they start where the messages do and the stride is at least 32: a batch is
// read before it is written. Time depends on the sizes only.
void ck_sha256_many(void *digests, const void *messages, size_t length, size_t stride, size_t count, int prefix,
                    int doubled);
void ck_sha256_many_on(enum ck_backend backend, void *digests, const void *messages, size_t length, size_t stride,
                       size_t count, int prefix, int doubled);

// Header scan --------------------------------------------------------------------------------------------------

// Looks for the lowest header nonce in [start, start + count) whose SHA-256d is at most the target.
//
// midstate: the state after the header's first 64 bytes. tail: header bytes 64…75 (end of the Merkle root, time, bits).
// target: 32 bytes, least significant first, as the digest is read. count is at most 2^32 - start.
// Returns 1 and sets *nonce when there is one, 0 otherwise. It reads nothing secret and runs in variable time.
int ck_scan_headers(const uint32_t midstate[8], const void *tail, const void *target, uint32_t start, uint64_t count,
                    uint32_t *nonce);
int ck_scan_headers_on(enum ck_backend backend, const uint32_t midstate[8], const void *tail, const void *target,
                       uint32_t start, uint64_t count, uint32_t *nonce);

// At most this many midstates in one scan.
enum { CK_MOST_VERSIONS = 8 };

// The same for headers that differ in their first 64 bytes only, such as by bits of the version that BIP 320 leaves to
// miners (0x1fffe000). They share the schedule of the block that holds the nonce, so that a hash costs less.
//
// midstates: `versions` states of 8 words, one after another, each after the first 64 bytes of one header; 1 to
// CK_MOST_VERSIONS of them.
// The answer is the lowest nonce that meets the target with any of them and, of those that do with it, the first:
// returns 1 and sets *nonce and *version, an index into the midstates, when there is one, 0 otherwise.
int ck_scan_versions(const uint32_t *midstates, size_t versions, const void *tail, const void *target, uint32_t start,
                     uint64_t count, uint32_t *nonce, size_t *version);
int ck_scan_versions_on(enum ck_backend backend, const uint32_t *midstates, size_t versions, const void *tail,
                        const void *target, uint32_t start, uint64_t count, uint32_t *nonce, size_t *version);

// Montgomery arithmetic in eight lanes -------------------------------------------------------------------------

// Eight products modulo one odd modulus n at once (HAC §14.3.2, algorithm 14.32 in radix 2^52):
//
//     a ⊗ b = a·b·R⁻¹ mod n        R = 2^(52·limbs)        limbs = 10·blocks
//
// A lane number holds eight integers, one a lane: 8·limbs words, 64-byte aligned, limb i of lane l in word 8·i + l.
// Between calls every limb is below 2^52 and every integer below 2n. That is Montgomery form without the last
// subtraction: with R ≥ 4n a product of two integers below 2n is below 2n again, and a product with 1 is at most n.
//
// A block of ten limbs is 520 bits, so a modulus of 512·k bits takes k blocks and leaves the two bits that R needs.
enum { CK_LANES = 8, CK_LANE_LIMB_BITS = 52, CK_LANE_BLOCK = 10, CK_LANE_MAXIMUM_BLOCKS = 32 };

// A modulus: n in 10·blocks limbs of 52 bits, one word each, with 4n ≤ R; and -n⁻¹ mod 2^52.
struct ck_lane_modulus {
    size_t blocks;
    const uint64_t *limbs;
    uint64_t negated_inverse;
};

// The backend to take, avx512 where it is enabled and the build is an optimized one; portable means that another way of
// computing is faster. And whether a backend has a kernel that the processor can run: avx512 needs the instructions of
// AVX-512 IFMA besides what the backend itself needs.
enum ck_backend ck_lanes_backend(void);
int ck_lanes_is_supported(enum ck_backend backend);

// The functions below run the same instructions and read the same addresses whatever the numbers. r may be a or b.
// scratch: the words of three lane numbers, 64-byte aligned; what it holds afterwards is as secret as the numbers.

// r = a ⊗ b.
void ck_lanes_multiply_on(enum ck_backend backend, const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a,
                          const uint64_t *b, uint64_t *scratch);

// r = a squared `times` times, at least once.
void ck_lanes_square_on(enum ck_backend backend, const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a,
                        size_t times, uint64_t *scratch);

// Lane l of r = lane l of table[digits[l]], a table of `entries` lane numbers one after another; entries is a multiple
// of 4. Every entry is read in full.
void ck_lanes_select_on(enum ck_backend backend, uint64_t *r, const uint64_t *table, size_t entries,
                        const uint64_t digits[CK_LANES], size_t blocks);

// Lane l of r = the limbs at from[l], from[l] + stride, …: addresses that tell what is read, for public choices. The
// stride is 8 for a lane of a lane number, 1 for limbs that follow each other.
void ck_lanes_pick(uint64_t *r, const uint64_t *const from[CK_LANES], size_t stride, size_t blocks);

// Lane `lane` of r = the number of `count` 64-bit limbs, least significant first; what does not fit is left out.
void ck_lanes_split(uint64_t *r, size_t lane, size_t blocks, const uint64_t *limbs, size_t count);

// The lowest `count` 64-bit limbs of lane `lane` of a.
void ck_lanes_join(uint64_t *limbs, size_t count, const uint64_t *a, size_t lane, size_t blocks);

#endif
