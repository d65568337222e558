// Ringwork's C kernels. One concept a header block, one file an instruction set, the portable twin always present.
// Pointers are `const void *` and lengths `size_t`, so that Swift passes raw buffers without binding memory.
#ifndef RINGWORK_CKERNELS_H
#define RINGWORK_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// SHA-256 (FIPS 180-4 §6.2) ------------------------------------------------------------------------------------

// Compresses `blocks` 64-byte blocks into the eight state words.
void ck_sha256_compress_portable(uint32_t state[8], const void *data, size_t blocks);

// Header scan --------------------------------------------------------------------------------------------------

// Looks for the lowest header nonce in [start, start + count) whose SHA-256d is at most the target.
//
// midstate: the state after the header's first 64 bytes. tail: header bytes 64…75 (end of the Merkle root, time, bits).
// target: 32 bytes, least significant first, as the digest is read. count is at most 2^32 - start.
// Returns 1 and sets *nonce when there is one, 0 otherwise. It reads nothing secret and runs in variable time.
int ck_scan_headers_portable(const uint32_t midstate[8], const void *tail, const void *target, uint32_t start,
                             uint64_t count, uint32_t *nonce);

#endif
