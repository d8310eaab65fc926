package io.fairlead.testkit.cache;

/** A command that ends with an error line. */
final class CommandError extends RuntimeException {
  static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";
  static final String BAD_EXPTIME = "CLIENT_ERROR invalid exptime argument";
  static final String BAD_TOKEN = "CLIENT_ERROR bad token in command line format";
  static final String TOO_LARGE = "SERVER_ERROR object too large for cache";
  static final String NON_NUMERIC = "CLIENT_ERROR cannot increment or decrement non-numeric value";

  private final String reply;

  CommandError(String reply) {
    super(reply, null, false, false);
    this.reply = reply;
  }

  String reply() {
    return reply;
  }
}
