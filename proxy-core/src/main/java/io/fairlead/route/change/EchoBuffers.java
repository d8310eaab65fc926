package io.fairlead.route.change;

import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.EchoedKey;

/** Scratch space of an event loop for keys in replies. */
final class EchoBuffers {
  final EchoedKey place = new EchoedKey();
  final byte[] text = new byte[Ascii.MAX_KEY_BYTES];
}
