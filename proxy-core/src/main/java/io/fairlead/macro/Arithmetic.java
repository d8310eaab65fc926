package io.fairlead.macro;

import java.util.function.LongBinaryOperator;

/** Macros that calculate with integers of 64 bits, whose results wrap around. */
final class Arithmetic {
  private Arithmetic() {}

  static void addTo(Library library) {
    add(library, "add", (a, b) -> a + b);
    add(library, "sub", (a, b) -> a - b);
    add(library, "mul", (a, b) -> a * b);
    addDivision(library, "div", (a, b) -> a / b);
    addDivision(library, "mod", (a, b) -> a % b);
    add(library, "bitwiseAnd", (a, b) -> a & b);
    add(library, "bitwiseOr", (a, b) -> a | b);
    add(library, "bitwiseXor", (a, b) -> a ^ b);
    add(library, "bitwiseLeftShift", (a, b) -> a << b);
    add(library, "bitwiseRightShift", (a, b) -> a >>> b);
    library.add("bitwiseNot", a -> a.integer(~a.integer("A")), "A");
  }

  private static void add(Library library, String name, LongBinaryOperator operator) {
    library.add(
        name, a -> a.integer(operator.applyAsLong(a.integer("A"), a.integer("B"))), "A", "B");
  }

  /** Towards zero; a remainder has the sign of A. */
  private static void addDivision(Library library, String name, LongBinaryOperator operator) {
    library.add(
        name,
        a -> {
          if (a.integer("B") == 0) {
            throw a.refused("B", "an integer that is not 0");
          }
          return a.integer(operator.applyAsLong(a.integer("A"), a.integer("B")));
        },
        "A",
        "B");
  }
}
