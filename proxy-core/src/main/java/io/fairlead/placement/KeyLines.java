package io.fairlead.placement;

import java.io.IOException;
import java.io.InputStream;

/** The keys in a file, one on each line. */
public final class KeyLines {
  /** Much longer than a key may be: of a longer line, this much is told. */
  private static final int MOST_BYTES = 1 << 16;

  private final KeySink sink;
  private final byte[] buffer = new byte[MOST_BYTES];

  /** Where the line begins that is being read, and where what was read ends. */
  private int start;

  private int end;

  /** The line is longer than the buffer; its beginning has been told. */
  private boolean skipping;

  private KeyLines(KeySink sink) {
    this.sink = sink;
  }

  /** What is done with each key. */
  @FunctionalInterface
  public interface KeySink {
    /** Takes the key in {@code length} bytes from {@code from} on; they change after the call. */
    void accept(byte[] bytes, int from, int length) throws IOException;
  }

  /**
   * Tells each line to {@code sink}, without its line feed or carriage return and line feed; the
   * last one may lack them.
   */
  public static void read(InputStream in, KeySink sink) throws IOException {
    KeyLines lines = new KeyLines(sink);
    lines.readAll(in);
  }

  private void readAll(InputStream in) throws IOException {
    for (int n = in.read(buffer, end, room()); n >= 0; n = in.read(buffer, end, room())) {
      int searched = end;
      end += n;
      tellLines(searched);
      makeRoom();
    }
    if (end > start && !skipping) {
      tell(end);
    }
  }

  private int room() {
    return buffer.length - end;
  }

  private void tellLines(int from) throws IOException {
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        if (!skipping) {
          tell(i);
        }
        skipping = false;
        start = i + 1;
      }
    }
  }

  private void tell(int lineEnd) throws IOException {
    boolean hasReturn = lineEnd > start && buffer[lineEnd - 1] == '\r';
    sink.accept(buffer, start, lineEnd - start - (hasReturn ? 1 : 0));
  }

  /** Moves the line that is not complete to the front, or drops it when it fills the buffer. */
  private void makeRoom() throws IOException {
    if (skipping) {
      end = start;
    } else if (start == 0 && end == buffer.length) {
      tell(end);
      skipping = true;
      end = start;
    }
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
  }
}
