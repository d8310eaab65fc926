package io.fairlead.testkit;

import java.util.function.Consumer;

/** Cuts the bytes of one connection into lines. */
final class LineRecorder {
  private final Consumer<String> onLine;
  private final StringBuilder line = new StringBuilder();

  LineRecorder(Consumer<String> onLine) {
    this.onLine = onLine;
  }

  void onByte(int b) {
    if (b != '\n') {
      line.append((char) b);
      return;
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    onLine.accept(line.toString());
    line.setLength(0);
  }
}
