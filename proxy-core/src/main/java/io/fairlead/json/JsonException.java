package io.fairlead.json;

/** A document was refused: {@code file:line:column: what is wrong (expected: what is right)}. */
public class JsonException extends RuntimeException {
  private final transient Position position;
  private final String problem;

  public JsonException(Position position, String problem) {
    super(position + ": " + problem);
    this.position = position;
    this.problem = problem;
  }

  public Position position() {
    return position;
  }

  /** The message without the position. */
  public String problem() {
    return problem;
  }
}
