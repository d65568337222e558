// What Ringwork is measured against, and the clocks. Written for the benchmarks only: the library never links it.
// Numbers are byte strings, most significant byte first, of the width that the caller names.
#ifndef RINGWORK_CPEERS_H
#define RINGWORK_CPEERS_H

#include <stddef.h>
#include <stdint.h>

// Clocks -------------------------------------------------------------------------------------------------------

// Nanoseconds of a clock that never goes back.
uint64_t cp_wall_nanoseconds(void);
// Nanoseconds of processor time of this process, all threads together.
uint64_t cp_cpu_nanoseconds(void);
// `length` multiplications, each of which waits for the one before: a known number of core cycles, so the clock rate.
// Returns the cycles that they take, or 0 on a processor for which that number is not known.
uint64_t cp_multiply_chain(uint64_t length);
// Ends a use of wide registers: code that leaves their upper halves dirty makes the next SSE code slow.
void cp_clear_upper_registers(void);
// Takes the address of a result, so that the compiler must have made it.
void cp_sink(const void *result);

// SHA-256 of others --------------------------------------------------------------------------------------------

// How a peer hashes: OpenSSL's EVP interface with one context reused, OpenSSL's SHA256_Init/Update/Final, libsodium.
enum cp_hash { CP_EVP, CP_LOW_LEVEL, CP_SODIUM };

// digests[i] = SHA-256(messages[i·length ..< (i + 1)·length]), or SHA-256d where `doubled` is not 0.
void cp_sha256_many(enum cp_hash hash, void *digests, const void *messages, size_t length, size_t count, int doubled);
// Replaces a digest by its SHA-256, `times` times.
void cp_sha256_chain(enum cp_hash hash, void *digest, size_t times);
// The root of Bitcoin's Merkle tree over `count` digests; `scratch` has room for (count + 1) / 2 digests.
void cp_merkle_root(enum cp_hash hash, void *root, void *scratch, const void *leaves, size_t count);
// The lowest nonce in [start, start + count) for which the header's SHA-256d is at most the target; 1 if there is one.
// header: 80 bytes, its own nonce ignored. target: 32 bytes, least significant first.
int cp_scan(enum cp_hash hash, const void *header, const void *target, uint32_t start, uint64_t count, uint32_t *nonce);

// Two messages side by side with the SHA instructions --------------------------------------------------------------
// The way in which Bitcoin Core hashes pairs of digests on a processor with SHA-NI: two independent states interleaved,
// the padding block's schedule computed beforehand.

int cp_two_way_is_supported(void);
// digests[i] = SHA-256d(pairs[64·i ..< 64·(i + 1)])
void cp_two_way_pairs(void *digests, const void *pairs, size_t count);
// As cp_merkle_root.
void cp_two_way_merkle_root(void *root, void *scratch, const void *leaves, size_t count);
// As cp_scan, from a midstate.
int cp_two_way_scan(const void *header, const void *target, uint32_t start, uint64_t count, uint32_t *nonce);

// Other symmetric peers ----------------------------------------------------------------------------------------

// HMAC-SHA-256 by OpenSSL's one-shot function.
void cp_hmac_sha256(void *tag, const void *key, size_t key_length, const void *message, size_t length);
// scrypt (RFC 7914), 32 bytes out, r = 8, p = 1; 1 on success.
int cp_scrypt(void *key, const void *password, size_t length, const void *salt, size_t salt_length, uint64_t n);
// AES-256-GCM by EVP, a new context for every message: sealed = ciphertext ‖ 16-byte tag.
void cp_aes_gcm_seal(void *sealed, const void *key, const void *nonce, const void *data, size_t data_length,
                     const void *message, size_t length);

// Modular powers -----------------------------------------------------------------------------------------------

enum cp_power { CP_MPZ_POWM, CP_MPZ_POWM_SEC, CP_BN_MONT, CP_BN_MONT_CONSTTIME, CP_FLINT };

// `count` powers base^exponent mod one odd modulus, everything converted beforehand, so that timing sees the powers only.
struct cp_powers;
struct cp_powers *cp_powers_new(const void *modulus, size_t width, const void *bases, const void *exponents,
                                size_t exponent_width, size_t count);
void cp_powers_free(struct cp_powers *powers);
void cp_powers_run(struct cp_powers *powers, enum cp_power how);
// The last run's results, `width` bytes each.
void cp_powers_results(const struct cp_powers *powers, enum cp_power how, void *results);

// The paper's ring signature, straightforwardly --------------------------------------------------------------------
// Base mode of the repaired scheme as a careful programmer writes it over GMP: two mpz_powm for each member, the same
// hashing, no table, no batch, no constant time.

struct cp_ring;
// p, g: `width` bytes; q: `scalar_width`; keys: `members` times `width`.
struct cp_ring *cp_ring_new(const void *p, const void *q, const void *g, size_t width, size_t scalar_width,
                            const void *keys, size_t members);
void cp_ring_free(struct cp_ring *ring);
// Whether the ring closes. ephemeral, delta: `width` bytes; alpha: one `width` for each member; beta: `scalar_width`.
int cp_ring_verify(struct cp_ring *ring, const void *ephemeral, const void *delta, const void *alpha, const void *beta,
                   const void *context, size_t context_length, const void *message, size_t length);
// Signs as the member at `signer`. x, e, kappa: `scalar_width` bytes; u: `width`. alpha and beta hold the others' random
// values and get the signer's; ephemeral and delta are written.
void cp_ring_sign(struct cp_ring *ring, size_t signer, const void *x, const void *e, const void *kappa, const void *u,
                  void *alpha, void *beta, void *ephemeral, void *delta, const void *context, size_t context_length,
                  const void *message, size_t length);

// Libraries that not every machine has -------------------------------------------------------------------------------
// Looked up when first asked for; nothing is linked.

// The version, or NULL where there is none.
const char *cp_sodium_version(void);
const char *cp_flint_version(void);
const char *cp_openssl_version(void);
const char *cp_gmp_version(void);

// ristretto255 by libsodium: 32-byte points, 32-byte scalars least significant byte first. 1 on success. The identity,
// 32 zero bytes, is a point here.
int cp_ristretto_is_point(const void *point);
void cp_ristretto_add(void *sum, const void *a, const void *b);
void cp_ristretto_subtract(void *difference, const void *a, const void *b);
void cp_ristretto_multiply(void *product, const void *point, const void *scalar);
void cp_ristretto_multiply_generator(void *product, const void *scalar);
void cp_ristretto_from_uniform(void *point, const void *bytes64);

#endif
