package io.fairlead.json;

/** A document was refused: {@code file:line:column: what is wrong (expected: what is right)}. */
public class JsonException extends RuntimeException {
  private final transient Position position;
  private final String path;
  private final String problem;

  public JsonException(Position position, String problem) {
    this(position, "", problem);
  }

  /**
   * Refuses the value of a key.
   *
   * @param path of keys that leads to the value; empty for none
   */
  public JsonException(Position position, String path, String problem) {
    super(position + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
    this.position = position;
    this.path = path;
    this.problem = problem;
  }

  public Position position() {
    return position;
  }

  /** The keys that lead to what was refused; empty when that is not the value of a key. */
  public String path() {
    return path;
  }

  /** The message without the position and the path. */
  public String problem() {
    return problem;
  }
}
