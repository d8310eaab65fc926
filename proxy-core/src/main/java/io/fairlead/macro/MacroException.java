package io.fairlead.macro;

import io.fairlead.json.JsonException;
import io.fairlead.json.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * A document could not be expanded: what is wrong and where, and through which macros and imports
 * the way led there, the innermost first.
 */
public final class MacroException extends JsonException {
  private static final int SHOWN_AT_EACH_END = 3;

  private final List<String> calls = new ArrayList<>();

  MacroException(Position position, String problem) {
    super(position, problem);
  }

  /** Of a file that was imported. */
  static MacroException of(JsonException e) {
    return e instanceof MacroException macro
        ? macro
        : new MacroException(e.position(), e.problem());
  }

  /** Adds a step of the way, further out than those before. */
  MacroException within(String what, Position calledAt) {
    calls.add(", in " + what + " at " + calledAt.file() + ':' + calledAt.line());
    return this;
  }

  @Override
  public String getMessage() {
    int left = calls.size() - 2 * SHOWN_AT_EACH_END;
    if (left <= 1) {
      return super.getMessage() + String.join("", calls);
    }
    return super.getMessage()
        + String.join("", calls.subList(0, SHOWN_AT_EACH_END))
        + ", in "
        + left
        + " more"
        + String.join("", calls.subList(calls.size() - SHOWN_AT_EACH_END, calls.size()));
  }
}
