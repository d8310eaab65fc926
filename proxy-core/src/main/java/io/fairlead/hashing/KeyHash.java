package io.fairlead.hashing;

/** The function that turns a key into the number that is looked up on the ring. */
public enum KeyHash {
  FNV1A_64 {
    @Override
    public int hash(byte[] key, int from, int length) {
      int h = 0x84222325;
      for (int i = from, end = from + length; i < end; i++) {
        h = (h ^ key[i]) * 0x1b3;
      }
      return h;
    }
  };

  /** The hash of {@code length} bytes of {@code key}, to be read as unsigned. */
  public abstract int hash(byte[] key, int from, int length);
}
