package io.fairlead.hashing;

/** Bob Jenkins' lookup3 ({@code hashlittle}) with the initial value 13, as twemproxy calls it. */
final class JenkinsHash {
  private static final int INITIAL = 0xdeadbeef + 13;

  private JenkinsHash() {}

  static int of(byte[] key, int from, int length) {
    int a = INITIAL + length;
    int b = a;
    int c = a;
    int end = from + length;
    int at = from;
    // The last 1 to 12 bytes are left to the end, which mixes them differently.
    for (; end - at > 12; at += 12) {
      a += LittleEndian.intAt(key, at);
      b += LittleEndian.intAt(key, at + 4);
      c += LittleEndian.intAt(key, at + 8);
      a = (a - c) ^ Integer.rotateLeft(c, 4);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 6);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 8);
      b += a;
      a = (a - c) ^ Integer.rotateLeft(c, 16);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 19);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 4);
      b += a;
    }
    a += LittleEndian.intAt(key, at, end);
    b += LittleEndian.intAt(key, at + 4, end);
    c += LittleEndian.intAt(key, at + 8, end);
    return finish(a, b, c);
  }

  private static int finish(int first, int second, int third) {
    int a = first;
    int b = second;
    int c = third;
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }
}
