package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonBoolean;
import io.fairlead.json.JsonDouble;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonString;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Macros that make a number, a string or a boolean of another of these. */
final class Casts {
  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off");
  private static final Pattern BIT = Pattern.compile("0*[01]");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  /** From here on a number is written with an exponent. */
  private static final double LARGE = 1e21;

  private static final double SMALL = 1e-6;

  private Casts() {}

  static void addTo(Library library) {
    library.add("int", Casts::toInteger, "value");
    library.add("double", Casts::toDouble, "value");
    library.add("str", Casts::toText, "value");
    library.add("bool", Casts::toFlag, "value");
  }

  private static Json toInteger(Arguments arguments) {
    Json value = arguments.value("value");
    if (value instanceof JsonDouble number && (long) number.value() == number.value()) {
      return arguments.integer((long) number.value());
    }
    if (value instanceof JsonString string) {
      return arguments.integer(parsedInteger(string.text().strip(), arguments));
    }
    if (value instanceof JsonBoolean flag) {
      return arguments.integer(flag.value() ? 1 : 0);
    }
    return arguments.integer(arguments.integer("value"));
  }

  private static long parsedInteger(String text, Arguments arguments) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw arguments.refused("value", "an integer");
    }
  }

  private static Json toDouble(Arguments arguments) {
    Double value = asDouble(arguments.value("value"));
    if (value == null || value.isInfinite()) {
      throw arguments.refused("value", "a number");
    }
    return new JsonDouble(arguments.position(), value);
  }

  private static @Nullable Double asDouble(Json value) {
    if (value instanceof JsonDouble number) {
      return number.value();
    }
    if (value instanceof JsonInteger integer) {
      double number = integer.value();
      return (long) number == integer.value() ? number : null;
    }
    if (value instanceof JsonBoolean flag) {
      return flag.value() ? 1.0 : 0.0;
    }
    return value instanceof JsonString string && DECIMAL.matcher(string.text().strip()).matches()
        ? Double.valueOf(string.text().strip())
        : null;
  }

  private static Json toText(Arguments arguments) {
    Json value = arguments.value("value");
    if (value instanceof JsonInteger integer) {
      return arguments.string(Long.toString(integer.value()));
    }
    if (value instanceof JsonDouble number) {
      return arguments.string(shortest(number.value()));
    }
    if (value instanceof JsonBoolean flag) {
      return arguments.string(flag.value() ? "1" : "0");
    }
    return arguments.string(arguments.text("value"));
  }

  private static String shortest(double value) {
    double size = Math.abs(value);
    boolean isPlain = size == 0 || (size >= SMALL && size < LARGE);
    return isPlain
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value).replace(".0E", "E");
  }

  private static Json toFlag(Arguments arguments) {
    Json value = arguments.value("value");
    if (value instanceof JsonInteger integer) {
      return arguments.flag(integer.value() != 0);
    }
    if (value instanceof JsonDouble number) {
      return arguments.flag(number.value() != 0);
    }
    return value instanceof JsonString string
        ? arguments.flag(isTrue(string.text().strip().toLowerCase(Locale.ROOT), arguments))
        : arguments.flag(arguments.flag("value"));
  }

  private static boolean isTrue(String word, Arguments arguments) {
    boolean isTrue = TRUE.contains(word) || (BIT.matcher(word).matches() && word.endsWith("1"));
    if (!isTrue && !FALSE.contains(word) && !BIT.matcher(word).matches()) {
      throw arguments.refused("value", "a boolean");
    }
    return isTrue;
  }
}
