package io.fairlead.json;

/**
 * Where something was written.
 *
 * @param file as the user named it
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record Position(String file, int line, int column) {
  /** {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ':' + line + ':' + column;
  }
}
