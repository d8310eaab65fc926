package io.fairlead.routes;

import java.util.List;

/**
 * What one handle does with one request in one situation.
 *
 * @param place where it is written
 * @param before what each server holds; {@link #DEAD} for one that is dead
 * @param outcomes the legitimate ones
 */
record MatrixRow(
    String place, String handle, String request, List<String> before, List<Outcome> outcomes) {
  static final String DEAD = "x";
  static final String NOTHING = "-";

  /** The reply, and what each server holds afterwards. */
  record Outcome(String reply, List<String> after) {
    @Override
    public String toString() {
      return reply + " > " + String.join(" ", after);
    }
  }

  MatrixRow {
    before = List.copyOf(before);
    outcomes = List.copyOf(outcomes);
  }

  /** Which servers are dead, as a picture of all of them. */
  String situation() {
    StringBuilder picture = new StringBuilder();
    before.forEach(held -> picture.append(held.equals(DEAD) ? 'x' : 'o'));
    return picture.toString();
  }

  @Override
  public String toString() {
    return place + " " + handle + ": " + request + " with " + String.join(" ", before);
  }
}
