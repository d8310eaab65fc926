package io.fairlead.config;

/** A text that is not what it should be: {@code value (expected: what is right)}. */
final class BadValueException extends IllegalArgumentException {
  private final String expected;

  BadValueException(String value, String expected) {
    super(value + " (expected: " + expected + ")");
    this.expected = expected;
  }

  String expected() {
    return expected;
  }
}
