// Shared by the Montgomery kernels: what each backend gives to dispatch.
#ifndef RINGWORK_MONTGOMERY_INTERNAL_H
#define RINGWORK_MONTGOMERY_INTERNAL_H

#include "ckernels.h"

#include <stddef.h>
#include <stdint.h>

static const uint64_t ck_lane_limb_mask = ((uint64_t)1 << CK_LANE_LIMB_BITS) - 1;

void ck_lanes_multiply_portable(const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a, const uint64_t *b,
                                uint64_t *scratch);
void ck_lanes_select_portable(uint64_t *r, const uint64_t *table, size_t entries, const uint64_t digits[CK_LANES],
                              size_t blocks);

#if defined(__x86_64__)
void ck_lanes_multiply_avx512(const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a, const uint64_t *b,
                              uint64_t *scratch);
void ck_lanes_square_avx512(const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a, size_t times,
                            uint64_t *scratch);
void ck_lanes_select_avx512(uint64_t *r, const uint64_t *table, size_t entries, const uint64_t digits[CK_LANES],
                            size_t blocks);
#endif

#endif
