package io.fairlead.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * As much of the encoding of keys as it takes to turn the forms of single algorithms into the one
 * that Java reads (PKCS #8), which only says in addition what algorithm it is.
 */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;

  /** Where a key for elliptic curves names its curve. */
  private static final int CURVE = 0xa0;

  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** rsaEncryption, without parameters. */
  private static final byte[] RSA = {
    SEQUENCE, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** id-ecPublicKey. */
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private Der() {}

  static byte[] pkcs8OfRsa(byte[] pkcs1) {
    return element(SEQUENCE, VERSION, RSA, element(OCTETS, pkcs1));
  }

  /** Gives something that is no key when there is no curve in it. */
  static byte[] pkcs8OfEc(byte[] sec1) {
    byte[] algorithm = element(SEQUENCE, EC, curve(sec1));
    return element(SEQUENCE, VERSION, algorithm, element(OCTETS, sec1));
  }

  private static byte[] curve(byte[] sec1) {
    int at = contentAt(sec1, 0);
    while (at >= 0 && at < sec1.length) {
      int from = contentAt(sec1, at);
      int end = from < 0 ? -1 : from + length(sec1, at);
      if (end < 0 || end > sec1.length) {
        break;
      }
      if ((sec1[at] & 0xff) == CURVE) {
        return Arrays.copyOfRange(sec1, from, end);
      }
      at = end;
    }
    return new byte[0];
  }

  /** Where the content of the element at a place begins; -1 when there is no element. */
  private static int contentAt(byte[] der, int at) {
    if (at + 1 >= der.length) {
      return -1;
    }
    int first = der[at + 1] & 0xff;
    return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f) && at + 2 + i < der.length; i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (length < 0x80) {
      der.write(length);
    } else {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      der.write(0x80 | bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        der.write(length >> shift);
      }
    }
    for (byte[] part : parts) {
      der.writeBytes(part);
    }
    return der.toByteArray();
  }
}
