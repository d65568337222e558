// Looks up libsodium and FLINT once.
#include "optional.h"

#include "cpeers.h"

#include <dlfcn.h>
#include <openssl/crypto.h>
#include <stddef.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void *open_first(const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (library) return library;
    }
    return NULL;
}

// A function pointer is no object pointer in C: the bytes are copied. Returns 0 where the library lacks the name.
static int find(void *library, const char *name, void *function) {
    void *address = dlsym(library, name);
    memcpy(function, &address, sizeof address);
    return address != NULL;
}

static struct sodium found_sodium;
static int has_sodium;

static void look_for_sodium(void) {
    static const char *const names[] = {"libsodium.so.26", "libsodium.so.23", "libsodium.so", "libsodium.dylib"};
    void *library = open_first(names, COUNT(names));
    int (*initialize)(void);
    struct sodium *s = &found_sodium;
    has_sodium = library && find(library, "sodium_init", &initialize) && find(library, "sodium_version_string", &s->version) &&
                 find(library, "crypto_hash_sha256", &s->hash_sha256) &&
                 find(library, "crypto_core_ristretto255_is_valid_point", &s->is_point) &&
                 find(library, "crypto_core_ristretto255_add", &s->add) &&
                 find(library, "crypto_core_ristretto255_sub", &s->subtract) &&
                 find(library, "crypto_core_ristretto255_from_hash", &s->from_hash) &&
                 find(library, "crypto_scalarmult_ristretto255", &s->multiply) &&
                 find(library, "crypto_scalarmult_ristretto255_base", &s->multiply_base) && initialize() >= 0;
}

static struct flint found_flint;
static int has_flint;

static void look_for_flint(void) {
    static const char *const names[] = {"libflint.so", "libflint.so.21", "libflint.so.20", "libflint.so.19",
                                        "libflint.so.18", "libflint.so.17", "libflint.dylib"};
    void *library = open_first(names, COUNT(names));
    struct flint *f = &found_flint;
    const char *version = library ? dlsym(library, "flint_version") : NULL;
    f->version = version ? version : "unknown version";
    has_flint = library && find(library, "fmpz_set_mpz", &f->set_mpz) && find(library, "fmpz_get_mpz", &f->get_mpz) &&
                find(library, "fmpz_set_ui", &f->set_zero) && find(library, "fmpz_powm", &f->powm);
}

// Before main, so that no lock is needed.
__attribute__((constructor)) static void look_for_libraries(void) {
    look_for_sodium();
    look_for_flint();
}

const struct sodium *sodium(void) { return has_sodium ? &found_sodium : NULL; }
const struct flint *flint(void) { return has_flint ? &found_flint : NULL; }

const char *cp_sodium_version(void) { return has_sodium ? found_sodium.version() : NULL; }
const char *cp_flint_version(void) { return has_flint ? found_flint.version : NULL; }
const char *cp_openssl_version(void) { return OpenSSL_version(OPENSSL_VERSION_STRING); }
const char *cp_gmp_version(void) { return gmp_version; }
