// Modular powers by GMP, OpenSSL and FLINT, one after the other.
#include "cpeers.h"
#include "optional.h"

#include <openssl/bn.h>
#include <stdlib.h>
#include <string.h>

struct number {
    mpz_t gmp;
    BIGNUM *openssl;
    flint_integer flint;
};

struct cp_powers {
    size_t width, count;
    struct number modulus, *bases, *exponents, *results;
    BN_CTX *context;
    BN_MONT_CTX *montgomery;
};

static void require(int done) {
    if (!done) __builtin_trap();
}

static void set(struct number *number, const unsigned char *bytes, size_t width) {
    mpz_init(number->gmp);
    mpz_import(number->gmp, width, 1, 1, 1, 0, bytes);
    number->openssl = BN_bin2bn(bytes, (int)width, NULL);
    number->flint = 0;
    if (flint()) flint()->set_mpz(&number->flint, number->gmp);
}

static void clear(struct number *number) {
    mpz_clear(number->gmp);
    BN_free(number->openssl);
    if (flint()) flint()->set_zero(&number->flint, 0);
}

static struct number *list(const unsigned char *bytes, size_t width, size_t count) {
    struct number *numbers = calloc(count, sizeof *numbers);
    require(numbers != NULL);
    for (size_t i = 0; i < count; i++) set(&numbers[i], bytes + width * i, width);
    return numbers;
}

struct cp_powers *cp_powers_new(const void *modulus, size_t width, const void *bases, const void *exponents,
                                size_t exponent_width, size_t count) {
    struct cp_powers *powers = calloc(1, sizeof *powers);
    require(powers != NULL);
    powers->width = width;
    powers->count = count;
    set(&powers->modulus, modulus, width);
    powers->bases = list(bases, width, count);
    powers->exponents = list(exponents, exponent_width, count);
    powers->results = list(bases, width, count);
    powers->context = BN_CTX_new();
    powers->montgomery = BN_MONT_CTX_new();
    require(BN_MONT_CTX_set(powers->montgomery, powers->modulus.openssl, powers->context));
    return powers;
}

void cp_powers_free(struct cp_powers *powers) {
    clear(&powers->modulus);
    for (size_t i = 0; i < powers->count; i++) {
        clear(&powers->bases[i]);
        clear(&powers->exponents[i]);
        clear(&powers->results[i]);
    }
    free(powers->bases);
    free(powers->exponents);
    free(powers->results);
    BN_MONT_CTX_free(powers->montgomery);
    BN_CTX_free(powers->context);
    free(powers);
}

void cp_powers_run(struct cp_powers *powers, enum cp_power how) {
    struct number *m = &powers->modulus;
    for (size_t i = 0; i < powers->count; i++) {
        struct number *r = &powers->results[i], *b = &powers->bases[i], *e = &powers->exponents[i];
        switch (how) {
        case CP_MPZ_POWM: mpz_powm(r->gmp, b->gmp, e->gmp, m->gmp); break;
        case CP_MPZ_POWM_SEC: mpz_powm_sec(r->gmp, b->gmp, e->gmp, m->gmp); break;
        case CP_BN_MONT:
            require(BN_mod_exp_mont(r->openssl, b->openssl, e->openssl, m->openssl, powers->context, powers->montgomery));
            break;
        case CP_BN_MONT_CONSTTIME:
            require(BN_mod_exp_mont_consttime(r->openssl, b->openssl, e->openssl, m->openssl, powers->context,
                                              powers->montgomery));
            break;
        case CP_FLINT: flint()->powm(&r->flint, &b->flint, &e->flint, &m->flint); break;
        }
    }
}

void cp_powers_results(const struct cp_powers *powers, enum cp_power how, void *results) {
    for (size_t i = 0; i < powers->count; i++) {
        unsigned char *out = (unsigned char *)results + powers->width * i;
        const struct number *r = &powers->results[i];
        if (how == CP_BN_MONT || how == CP_BN_MONT_CONSTTIME) {
            require(BN_bn2binpad(r->openssl, out, (int)powers->width) >= 0);
            continue;
        }
        mpz_t value;
        mpz_init_set(value, r->gmp);
        if (how == CP_FLINT) flint()->get_mpz(value, &r->flint);
        size_t written = (mpz_sizeinbase(value, 2) + 7) / 8;
        memset(out, 0, powers->width);
        mpz_export(out + powers->width - written, NULL, 1, 1, 1, 0, value);
        mpz_clear(value);
    }
}
