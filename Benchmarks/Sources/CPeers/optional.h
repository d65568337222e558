// Libraries found while the program runs, shared by the files that call them.
#ifndef RINGWORK_CPEERS_OPTIONAL_H
#define RINGWORK_CPEERS_OPTIONAL_H

#include <gmp.h>

struct sodium {
    const char *(*version)(void);
    int (*hash_sha256)(unsigned char *digest, const unsigned char *message, unsigned long long length);
    int (*is_point)(const unsigned char *point);
    int (*add)(unsigned char *sum, const unsigned char *a, const unsigned char *b);
    int (*subtract)(unsigned char *difference, const unsigned char *a, const unsigned char *b);
    int (*from_hash)(unsigned char *point, const unsigned char *bytes64);
    int (*multiply)(unsigned char *product, const unsigned char *scalar, const unsigned char *point);
    int (*multiply_base)(unsigned char *product, const unsigned char *scalar);
};

// libsodium's functions, or NULL where it is not installed.
const struct sodium *sodium(void);

// FLINT's integer is one word: a small number or a pointer. Zero is a valid integer without memory.
typedef long flint_integer;

struct flint {
    const char *version;
    void (*set_mpz)(flint_integer *to, mpz_srcptr from);
    void (*get_mpz)(mpz_ptr to, const flint_integer *from);
    void (*set_zero)(flint_integer *to, unsigned long zero);
    void (*powm)(flint_integer *power, const flint_integer *base, const flint_integer *exponent,
                 const flint_integer *modulus);
};

// FLINT's functions, or NULL where it is not installed.
const struct flint *flint(void);

#endif
