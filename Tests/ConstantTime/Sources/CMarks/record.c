// Stands before GMP and OpenSSL, and writes down which of their functions are called with which sizes. A group
// exponentiation with a secret exponent is mpn_sec_powm; the variable-time ones on public values are mpz_powm and runs of
// mpn_sqr and mpn_mul_n.
#define _GNU_SOURCE
#include "cmarks.h"

#include <dlfcn.h>
#include <gmp.h>
#include <openssl/evp.h>
#include <stdlib.h>

#define ENTRIES (1 << 20)
static unsigned long entries[ENTRIES];
static size_t entry_count;
static bool is_recording;

enum { SEC_POWM = 1, SEC_MUL, SEC_DIV_R, POWM, INVERT, PRODUCTS, DIGEST_UPDATE, DIGEST_XOF };

void cm_record_start(void) {
    entry_count = 0;
    is_recording = true;
}

void cm_record_stop(const unsigned long **start, size_t *count) {
    is_recording = false;
    *start = entries;
    *count = entry_count;
}

static void record(unsigned long kind, unsigned long a, unsigned long b, unsigned long c) {
    if (!is_recording) return;
    // How many products a run has depends on public exponents.
    if (kind == PRODUCTS && entry_count >= 4 && entries[entry_count - 4] == PRODUCTS) return;
    if (entry_count + 4 > ENTRIES) abort();
    entries[entry_count++] = kind;
    entries[entry_count++] = a;
    entries[entry_count++] = b;
    entries[entry_count++] = c;
}

#define TEXT(name) TEXT_OF(name)
#define TEXT_OF(name) #name
// The definition of `name` that comes after this one: the library's.
#define NEXT(name) \
    static __typeof__(name) *next; \
    if (next == NULL) next = (__typeof__(name) *)dlsym(RTLD_NEXT, TEXT(name)); \
    if (next == NULL) abort()

void mpn_sec_powm(
    mp_ptr r, mp_srcptr b, mp_size_t bn, mp_srcptr e, mp_bitcnt_t bits, mp_srcptr m, mp_size_t n, mp_ptr scratch) {
    NEXT(mpn_sec_powm);
    record(SEC_POWM, (unsigned long)bn, bits, (unsigned long)n);
    next(r, b, bn, e, bits, m, n, scratch);
}

void mpn_sec_mul(mp_ptr r, mp_srcptr a, mp_size_t an, mp_srcptr b, mp_size_t bn, mp_ptr scratch) {
    NEXT(mpn_sec_mul);
    record(SEC_MUL, (unsigned long)an, (unsigned long)bn, 0);
    next(r, a, an, b, bn, scratch);
}

void mpn_sec_div_r(mp_ptr a, mp_size_t an, mp_srcptr d, mp_size_t dn, mp_ptr scratch) {
    NEXT(mpn_sec_div_r);
    record(SEC_DIV_R, (unsigned long)an, (unsigned long)dn, 0);
    next(a, an, d, dn, scratch);
}

void mpz_powm(mpz_ptr r, mpz_srcptr b, mpz_srcptr e, mpz_srcptr m) {
    NEXT(mpz_powm);
    record(POWM, mpz_size(b), mpz_size(e), mpz_size(m));
    next(r, b, e, m);
}

int mpz_invert(mpz_ptr r, mpz_srcptr a, mpz_srcptr m) {
    NEXT(mpz_invert);
    record(INVERT, mpz_size(a), mpz_size(m), 0);
    return next(r, a, m);
}

void mpn_mul_n(mp_ptr r, mp_srcptr a, mp_srcptr b, mp_size_t n) {
    NEXT(mpn_mul_n);
    record(PRODUCTS, (unsigned long)n, 0, 0);
    next(r, a, b, n);
}

void mpn_sqr(mp_ptr r, mp_srcptr a, mp_size_t n) {
    NEXT(mpn_sqr);
    record(PRODUCTS, (unsigned long)n, 0, 0);
    next(r, a, n);
}

int EVP_DigestUpdate(EVP_MD_CTX *context, const void *data, size_t count) {
    NEXT(EVP_DigestUpdate);
    record(DIGEST_UPDATE, count, 0, 0);
    return next(context, data, count);
}

int EVP_DigestFinalXOF(EVP_MD_CTX *context, unsigned char *output, size_t count) {
    NEXT(EVP_DigestFinalXOF);
    record(DIGEST_XOF, count, 0, 0);
    return next(context, output, count);
}
