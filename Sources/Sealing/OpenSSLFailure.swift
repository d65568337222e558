/// Stops the program when OpenSSL refuses a call whose arguments are correct by construction: it is out of memory or
/// its installation lacks the algorithm. No input can cause it.
func require(_ succeeded: Bool, _ call: StaticString) {
    precondition(succeeded, "OpenSSL refused \(call): the installed libcrypto cannot be used")
}
