// Shared by the portable SHA-256 kernels: constants and byte order.
#ifndef RINGWORK_SHA256_PORTABLE_H
#define RINGWORK_SHA256_PORTABLE_H

#include <stdint.h>

// FIPS 180-4 §5.3.3: the first 32 bits of the fractional parts of the square roots of the first eight primes.
#define CK_SHA256_INITIAL_STATE                                                                              \
    {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}

static inline uint32_t ck_load_be32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void ck_store_be32(uint8_t *p, uint32_t x) {
    p[0] = (uint8_t)(x >> 24);
    p[1] = (uint8_t)(x >> 16);
    p[2] = (uint8_t)(x >> 8);
    p[3] = (uint8_t)x;
}

#endif
