import RingSignatures

print(EmbeddedGroups.names)
