package io.fairlead.server.warm;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keys and where they are, in a temporary file: a server must not wait with its list for us, and a
 * list may be larger than memory.
 */
final class KeyList implements AutoCloseable {
  private final Path file = Files.createTempFile("fairlead-warm", ".keys");
  private final DataOutputStream out =
      new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  private @Nullable DataInputStream in;
  private long count;

  /** A key, the server that has it, and about how large its value is. */
  record Entry(int server, int size, ItemKey key) {}

  KeyList() throws IOException {}

  long count() {
    return count;
  }

  void add(int server, int size, ItemKey key) throws IOException {
    out.writeInt(server);
    out.writeInt(size);
    out.writeShort(key.bytes().length);
    out.write(key.bytes());
    count++;
  }

  /** The next one, in the order in which they were added; null at the end. */
  @Nullable Entry next() throws IOException {
    DataInputStream from = in;
    if (from == null) {
      out.close();
      from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
      in = from;
    }
    try {
      int server = from.readInt();
      int size = from.readInt();
      byte[] key = from.readNBytes(from.readUnsignedShort());
      return new Entry(server, size, new ItemKey(key));
    } catch (EOFException e) {
      return null;
    }
  }

  /** The size that a line of a dump names, or what a value of unknown size is taken for. */
  static int sizeIn(String line, int unknown) {
    int at = line.indexOf(" size=");
    int size = 0;
    for (int i = at + " size=".length(); at >= 0 && i < line.length(); i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9 || size > 1 << 27) {
        break;
      }
      size = 10 * size + digit;
    }
    return size == 0 ? unknown : size;
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (in != null) {
      in.close();
    }
    Files.deleteIfExists(file);
  }
}
