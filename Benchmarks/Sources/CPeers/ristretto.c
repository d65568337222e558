// ristretto255 by libsodium, the identity included: libsodium refuses to multiply into it.
#include "cpeers.h"
#include "optional.h"

#include <string.h>

static const unsigned char identity[32];

int cp_ristretto_is_point(const void *point) { return sodium()->is_point(point) == 1; }

void cp_ristretto_add(void *sum, const void *a, const void *b) {
    if (sodium()->add(sum, a, b) != 0) __builtin_trap();
}

void cp_ristretto_subtract(void *difference, const void *a, const void *b) {
    if (sodium()->subtract(difference, a, b) != 0) __builtin_trap();
}

// libsodium returns -1 exactly where the product is the identity, for points that it accepts.
void cp_ristretto_multiply(void *product, const void *point, const void *scalar) {
    if (sodium()->multiply(product, scalar, point) != 0) memcpy(product, identity, sizeof identity);
}

void cp_ristretto_multiply_generator(void *product, const void *scalar) {
    if (sodium()->multiply_base(product, scalar) != 0) memcpy(product, identity, sizeof identity);
}

void cp_ristretto_from_uniform(void *point, const void *bytes64) { sodium()->from_hash(point, bytes64); }
