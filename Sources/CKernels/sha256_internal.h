// Shared by the SHA-256 kernels: constants, byte order, and what each backend gives to the others.
#ifndef RINGWORK_SHA256_INTERNAL_H
#define RINGWORK_SHA256_INTERNAL_H

#include "ckernels.h"

#include <stddef.h>
#include <stdint.h>

// The backends beside the portable one are written for 64-bit x86.
#if defined(__x86_64__)
#define CK_X86 1
#else
#define CK_X86 0
#endif

// FIPS 180-4 §5.3.3: the first 32 bits of the fractional parts of the square roots of the first eight primes.
#define CK_SHA256_INITIAL_STATE                                                                              \
    {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}

// §4.2.2: the round constants.
extern const uint32_t ck_sha256_k[64];

static inline uint32_t ck_load_be32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void ck_store_be32(uint8_t *p, uint32_t x) {
    p[0] = (uint8_t)(x >> 24);
    p[1] = (uint8_t)(x >> 16);
    p[2] = (uint8_t)(x >> 8);
    p[3] = (uint8_t)x;
}

static inline uint32_t ck_rotr(uint32_t x, int n) { return x >> n | x << (32 - n); }

// §4.1.2
static inline uint32_t ck_ch(uint32_t x, uint32_t y, uint32_t z) { return (x & y) ^ (~x & z); }
static inline uint32_t ck_maj(uint32_t x, uint32_t y, uint32_t z) { return (x & y) ^ (x & z) ^ (y & z); }
static inline uint32_t ck_big_sigma0(uint32_t x) { return ck_rotr(x, 2) ^ ck_rotr(x, 13) ^ ck_rotr(x, 22); }
static inline uint32_t ck_big_sigma1(uint32_t x) { return ck_rotr(x, 6) ^ ck_rotr(x, 11) ^ ck_rotr(x, 25); }
static inline uint32_t ck_small_sigma0(uint32_t x) { return ck_rotr(x, 7) ^ ck_rotr(x, 18) ^ x >> 3; }
static inline uint32_t ck_small_sigma1(uint32_t x) { return ck_rotr(x, 17) ^ ck_rotr(x, 19) ^ x >> 10; }

// The message schedule of one block with the round constants added: kw[t] = K[t] + W[t].
void ck_sha256_schedule(uint32_t kw[64], const uint8_t block[64]);

// An engine hashes a fixed number of messages side by side, its lanes. The state is the engine's own, 8 words a lane,
// and all it does with it is here; what the blocks of a message are is in sha256_many.c and the same for all.
struct ck_engine {
    size_t lanes;
    // Sets every lane to the initial state.
    void (*begin)(uint32_t *state);
    // Compresses a block of each lane.
    void (*blocks)(uint32_t *state, const uint8_t *const *block);
    // Compresses the same block in every lane, given as its schedule.
    void (*constant)(uint32_t *state, const uint32_t kw[64]);
    // Replaces every lane's state, taken as a digest, by the state after hashing that digest, `times` times.
    void (*again)(uint32_t *state, size_t times);
    // Writes every lane's digest.
    void (*end)(const uint32_t *state, uint8_t *const *digest);
};

// Pipelined: digests[i] = SHA-256d(pairs[64 i ..< 64 (i + 1)]) for count of them, a multiple of 16. The digests may
// overwrite the pairs.
void ck_sha256_pairs_avx512(uint8_t *digests, const uint8_t *pairs, size_t count);

enum { CK_MAXIMUM_LANES = 32 };

// What is the same for many hashes -----------------------------------------------------------------------------

// Two kinds of one-block messages have words that are the same for all messages, and so have their rounds and schedules:
// the end of a block header, of which only word 3 changes from try to try (a header scan), and a digest.
//
//     word         0 1 2     3       4        5…14   15     16 17    18…63
//     header's end same      nonce   80…00    0      640    same     vary
//     word         0…7       8       9…14     15     16…63
//     digest       vary      80…00   0        256    vary
enum ck_block { CK_HEADER_END, CK_DIGEST };
enum { CK_FIRST_VARYING = 18 }; // word of a header's end, after the nonce

static inline int ck_word_varies(enum ck_block block, int t) {
    return block == CK_DIGEST ? t < 8 || t >= 16 : t == 3 || t >= CK_FIRST_VARYING;
}
static inline int ck_word_is_zero(enum ck_block block, int t) {
    return t < 15 && t >= (block == CK_DIGEST ? 9 : 5);
}

// The message schedule.
struct ck_schedule {
    uint32_t k[64]; // K[t] + W[t], without W[t] where it varies
    uint32_t w[64]; // the part of W[t] that is the same for all
};

// Where the rounds begin to vary: in the round of the first word that does, they are two additions,
// a = word + set_a,  e = word + set_e.
struct ck_start {
    uint32_t state[8]; // before that round
    uint32_t set_a, set_e;
    uint32_t k[3]; // h + K[t] + W[t] of the three rounds after it, whose h is the same for all
};

// Those of a digest, which are the same for all of them. The start is any message's: no word before the eighth is.
extern struct ck_schedule ck_digest_schedule;
extern struct ck_start ck_digest_start;

// The schedule of the last block of a 64-byte message, which is what Merkle trees hash, with the round constants added.
extern uint32_t ck_schedule_after_64[64];

// `words` are the message's, 0 where they vary. `set` is the first round whose word does.
void ck_prepare_schedule(struct ck_schedule *schedule, enum ck_block block, const uint32_t words[16]);
void ck_prepare_start(struct ck_start *start, const struct ck_schedule *schedule, const uint32_t state[8], int set);

// What a header scan computes once.
struct ck_scan {
    const uint32_t *midstates; // 8 words each
    size_t versions;           // of them
    const uint8_t *tail, *target;
    uint32_t top; // the target's most significant word, as a number
    struct ck_schedule schedule;
    struct ck_start start[CK_MOST_VERSIONS];
};

void ck_scan_prepare(struct ck_scan *scan, const uint32_t *midstates, size_t versions, const void *tail,
                     const void *target);

// The answer of a scan if it lies in the batch of nonces that begins at `offset`. Bit i of candidates[v] is set where
// nonce i may meet the target with version v: a short check found its digest's top word small enough.
int ck_scan_confirm(const struct ck_scan *scan, const unsigned candidates[CK_MOST_VERSIONS], unsigned lanes,
                    uint32_t start, uint64_t offset, uint64_t count, uint32_t *nonce, size_t *version);

// A backend's scan, as ck_scan_versions.
typedef int ck_scanner(const struct ck_scan *scan, uint32_t start, uint64_t count, uint32_t *nonce, size_t *version);
ck_scanner ck_scan_portable;

extern const struct ck_engine ck_engine_portable, ck_engine_vector_4;
#if CK_X86
void ck_sha256_compress_sha_ni(uint32_t state[8], const void *data, size_t blocks);
extern const struct ck_engine ck_engine_sha_ni_1, ck_engine_sha_ni_2, ck_engine_avx2_8, ck_engine_avx512_16,
    ck_engine_avx512_32;
ck_scanner ck_scan_sha_ni, ck_scan_avx2, ck_scan_avx512;
#endif

#endif
