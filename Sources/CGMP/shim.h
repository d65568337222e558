// GMP as Swift sees it. No logic: gmp.h's macros (mpz_add, …) are not visible to Swift, its functions (__gmpz_add, …) are.
#ifndef RINGWORK_CGMP_SHIM_H
#define RINGWORK_CGMP_SHIM_H
#include <gmp.h>
#endif
