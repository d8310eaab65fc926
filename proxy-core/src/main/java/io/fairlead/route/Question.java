package io.fairlead.route;

import io.fairlead.protocol.Operation;
import java.util.Arrays;

/** A request that nobody sends: where would it go? */
public final class Question {
  private final Operation operation;
  private final byte[] key;

  public Question(Operation operation, byte[] key) {
    this.operation = operation;
    this.key = key.clone();
  }

  public Operation operation() {
    return operation;
  }

  /** The key. Not to be changed by the caller. */
  public byte[] key() {
    return key;
  }

  /** The same question about another key. */
  public Question about(byte[] otherKey) {
    return new Question(operation, otherKey);
  }

  /** The same question for another operation. */
  public Question with(Operation other) {
    return new Question(other, key);
  }

  @Override
  public String toString() {
    return operation + " " + Arrays.toString(key);
  }
}
