package io.fairlead.server.command;

import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ThreadSettings;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.protocol.Operation;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words or a small number, in lower case as everywhere. */
public final class Choices {
  private Choices() {}

  public static final class Transports extends OneOf<Transport> {
    Transports() {
      super(Transport.values());
    }
  }

  public static final class Guarded extends OneOf<GuardedCommand> {
    Guarded() {
      super(GuardedCommand.values());
    }
  }

  public static final class Formats extends OneOf<Format> {
    Formats() {
      super(Format.values());
    }
  }

  public static final class ParseErrors extends OneOf<ParseError> {
    ParseErrors() {
      super(ParseError.values());
    }
  }

  public static final class MultigetFailures extends OneOf<MultigetFailure> {
    MultigetFailures() {
      super(MultigetFailure.values());
    }
  }

  public static final class ErrorTexts extends OneOf<ErrorText> {
    ErrorTexts() {
      super(ErrorText.values());
    }
  }

  public static final class KeyByteKinds extends OneOf<KeyBytes> {
    KeyByteKinds() {
      super(KeyBytes.values());
    }
  }

  public static final class Operations implements ITypeConverter<Operation> {
    @Override
    public Operation convert(String text) {
      Operation operation = choose(text, Operation.values());
      if (operation == Operation.FLUSHALL) {
        throw new TypeConversionException(text + " (expected: what is done with one key)");
      }
      return operation;
    }
  }

  /** So many event loops from the start, and the same number or more at most. */
  public static final class Threads implements ITypeConverter<ThreadSettings> {
    @Override
    public ThreadSettings convert(String text) {
      boolean isNumber = text.matches("[1-9]\\d{0,2}");
      int loops = isNumber ? Integer.parseInt(text) : 0;
      boolean isAuto = text.equals("auto");
      if (!isAuto && (loops == 0 || loops > ThreadSettings.MOST_LOOPS)) {
        throw new TypeConversionException(
            text + " (expected: auto, or 1-" + ThreadSettings.MOST_LOOPS + ")");
      }
      ThreadSettings usual = ThreadSettings.DEFAULT;
      return isAuto
          ? ThreadSettings.auto(ThreadSettings.MOST_LOOPS, usual.transport(), usual.rest())
          : new ThreadSettings(loops, usual.transport(), usual.rest());
    }
  }

  public static final class Port extends WholeNumber {
    Port() {
      super(0, 65535);
    }
  }

  public static final class Nodes extends WholeNumber {
    Nodes() {
      super(1, 32);
    }
  }

  public static final class Percent implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double percent = text.matches("\\d{1,3}(\\.\\d{1,4})?") ? Double.parseDouble(text) : -1;
      if (percent < 0 || percent > 100) {
        throw new TypeConversionException(text + " (expected: 0-100, as in 5 or 0.5)");
      }
      return percent;
    }
  }

  /** The name of a constant as it is written in files and options. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E choose(String text, E[] constants) {
    for (E constant : constants) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    String all = Stream.of(constants).map(Choices::word).collect(Collectors.joining(", "));
    throw new TypeConversionException(text + " (expected: " + all + ")");
  }
}
