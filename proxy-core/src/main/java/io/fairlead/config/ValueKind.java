package io.fairlead.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a value may be: turns it into an object, or reports what was expected and gives null. */
@FunctionalInterface
interface ValueKind<T> {
  /** No timeout of a cache is longer, and none is shorter than the tick that checks it. */
  Duration LONGEST = Duration.ofHours(1);

  Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");
  Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,400})?|\\.[0-9]{1,400}");
  Pattern WORD = Pattern.compile("[!-~]{1,255}");

  @Nullable T read(ConfigValue value);

  static ValueKind<Integer> wholeNumber(int least, int most) {
    return wholeNumber(least, most, "a whole number from " + least + " to " + most);
  }

  /** The same where something else may be said instead. */
  static ValueKind<Integer> wholeNumber(int least, int most, String expected) {
    return value -> {
      String text = value.unquoted();
      if (text == null || !WHOLE_NUMBER.matcher(text).matches()) {
        return value.refuse(expected);
      }
      long number = Long.parseLong(text);
      return number < least || number > most ? value.refuse(expected) : (Integer) (int) number;
    };
  }

  static ValueKind<Boolean> flag() {
    return value -> {
      String text = value.unquoted();
      boolean isFlag = "true".equals(text) || "false".equals(text);
      return isFlag ? (Boolean) "true".equals(text) : value.refuse("true or false");
    };
  }

  static ValueKind<Duration> duration() {
    return value -> {
      String text = value.text();
      Duration duration = text == null ? null : DurationText.parse(text);
      boolean fits = duration != null && !duration.isZero() && duration.compareTo(LONGEST) <= 0;
      return fits
          ? duration
          : value.refuse("a time from 1ms to 60m with its unit: ms, s or m, as in 250ms");
    };
  }

  /** A time, or {@code false}, which is zero. */
  static ValueKind<Duration> durationOrFalse() {
    return value -> value.isFalse() ? Duration.ZERO : duration().read(value);
  }

  static ValueKind<Long> size(long least, long most) {
    return value -> {
      String text = value.text() == null ? value.unquoted() : value.text();
      Long bytes = text == null ? null : SizeText.parse(text);
      return bytes != null && bytes >= least && bytes <= most
          ? bytes
          : value.refuse(
              "a size from "
                  + SizeText.format(least)
                  + " to "
                  + SizeText.format(most)
                  + ", in bytes or with KiB or MiB");
    };
  }

  /** The constants of an enum, in lower case. */
  static <E extends Enum<E>> ValueKind<E> oneOf(Class<E> type) {
    return among(List.of(type.getEnumConstants()));
  }

  /** Constants of one or more enums, in lower case. */
  static <E extends Enum<?>> ValueKind<E> among(List<E> constants) {
    List<String> names = constants.stream().map(ValueKind::nameOf).toList();
    return value -> {
      String text = value.text();
      int index = text == null ? -1 : names.indexOf(text);
      return index >= 0
          ? constants.get(index)
          : value.refuse(anyOf(names), text == null ? null : NearestKey.hint(text, names));
    };
  }

  static ValueKind<Address> address(int defaultPort, int leastPort) {
    return value -> {
      String text = value.text();
      if (text == null) {
        return value.refuse(AddressText.EXPECTED);
      }
      try {
        return AddressText.parse(text, defaultPort, leastPort);
      } catch (BadValueException e) {
        return value.refuse(e.expected());
      }
    };
  }

  /** A name or other text that ends up in replies, metrics and on rings: no spaces, ASCII. */
  static ValueKind<String> word() {
    return value -> {
      String text = value.text();
      return text != null && WORD.matcher(text).matches()
          ? text
          : value.refuse("printable ASCII without spaces; in quotes if it looks like a number");
    };
  }

  /** Any text, which what looks like a number is in quotes only. */
  static ValueKind<String> text() {
    return value -> {
      String text = value.text();
      return text != null ? text : value.refuse("a text; in quotes if it looks like a number");
    };
  }

  /** A file or directory, wherever the proxy is started. */
  static ValueKind<Path> absolutePath(String expected) {
    return value -> {
      String text = value.text();
      try {
        Path path = text == null ? null : Path.of(text);
        return path != null && path.isAbsolute() ? path : value.refuse(expected);
      } catch (InvalidPathException e) {
        return value.refuse(expected);
      }
    };
  }

  /** A number from 0 to 1. */
  static ValueKind<Double> share() {
    return value -> {
      String text = value.unquoted();
      boolean isNumber = text != null && DECIMAL.matcher(text).matches();
      double number = isNumber ? Double.parseDouble(text) : -1;
      return number >= 0 && number <= 1 ? (Double) number : value.refuse("a number from 0 to 1");
    };
  }

  /** A number that is not negative. */
  static ValueKind<Double> number() {
    return value -> {
      String text = value.unquoted();
      return text != null && DECIMAL.matcher(text).matches()
          ? (Double) Double.parseDouble(text)
          : value.refuse("a number, not less than 0");
    };
  }

  /** A time in whole seconds, from {@code least} on; 0 is {@code never}. */
  static ValueKind<Integer> expiry(int least) {
    String word = least > 0 ? "" : ", or never";
    return value -> {
      Long seconds = value.text() == null ? null : ExpiryText.parse(value.text());
      if (seconds == null || seconds < least || seconds > Integer.MAX_VALUE) {
        return value.refuse("a time with its unit: s, m, h or d, as in 10m" + word);
      }
      return seconds.intValue();
    };
  }

  /** Likewise, where memcached is told of it. */
  static ValueKind<Integer> itemExpiry(int least) {
    return value -> {
      Integer seconds = expiry(least).read(value);
      if (seconds != null && seconds > ExpiryText.LONGEST) {
        value.warn("30d at most, as memcached takes more for a date");
      }
      return seconds;
    };
  }

  /** The elements of a list; those that were refused are left out. */
  static <T> ValueKind<List<T>> listOf(String expected, ValueKind<T> kind) {
    return value -> {
      List<T> read = new ArrayList<>();
      for (ConfigValue element : value.list(expected)) {
        T one = kind.read(element);
        if (one != null) {
          read.add(one);
        }
      }
      return value.isList() ? read : null;
    };
  }

  /** How a constant of an enum is written in the file. */
  static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** "a", "a or b", or "one of a, b, c". */
  static String anyOf(List<String> names) {
    return names.size() > 2 ? "one of " + String.join(", ", names) : String.join(" or ", names);
  }
}
