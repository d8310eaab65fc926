package io.fairlead.server;

import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.protocol.Operation;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words or a small number, in lower case as everywhere. */
final class Choices {
  private static final int MOST_THREADS = 256;

  private Choices() {}

  static final class Transports implements ITypeConverter<Transport> {
    @Override
    public Transport convert(String text) {
      return choose(text, Transport.values());
    }
  }

  static final class Guarded implements ITypeConverter<GuardedCommand> {
    @Override
    public GuardedCommand convert(String text) {
      return choose(text, GuardedCommand.values());
    }
  }

  static final class Formats implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return choose(text, Format.values());
    }
  }

  static final class Dialects implements ITypeConverter<ConvertCommand.Target> {
    @Override
    public ConvertCommand.Target convert(String text) {
      return choose(text, ConvertCommand.Target.values());
    }
  }

  /** With what a file is compared. */
  enum Other {
    RUNNING
  }

  static final class Others implements ITypeConverter<Other> {
    @Override
    public Other convert(String text) {
      if (!text.equals(word(Other.RUNNING))) {
        throw new TypeConversionException(
            text
                + " (expected: running; fairlead where --config A --compare B compares two files)");
      }
      return Other.RUNNING;
    }
  }

  static final class LogFormats implements ITypeConverter<LogFormat> {
    @Override
    public LogFormat convert(String text) {
      return choose(text, LogFormat.values());
    }
  }

  static final class ParseErrors implements ITypeConverter<ParseError> {
    @Override
    public ParseError convert(String text) {
      return choose(text, ParseError.values());
    }
  }

  static final class MultigetFailures implements ITypeConverter<MultigetFailure> {
    @Override
    public MultigetFailure convert(String text) {
      return choose(text, MultigetFailure.values());
    }
  }

  static final class ErrorTexts implements ITypeConverter<ErrorText> {
    @Override
    public ErrorText convert(String text) {
      return choose(text, ErrorText.values());
    }
  }

  static final class KeyByteKinds implements ITypeConverter<KeyBytes> {
    @Override
    public KeyBytes convert(String text) {
      return choose(text, KeyBytes.values());
    }
  }

  static final class Operations implements ITypeConverter<Operation> {
    @Override
    public Operation convert(String text) {
      Operation operation = choose(text, Operation.values());
      if (operation == Operation.FLUSHALL) {
        throw new TypeConversionException(text + " (expected: what is done with one key)");
      }
      return operation;
    }
  }

  static final class Threads implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 1, MOST_THREADS);
    }
  }

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 0, 65535);
    }
  }

  static final class Nodes implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 1, 32);
    }
  }

  static final class Percent implements ITypeConverter<Double> {
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
  static String word(Enum<?> constant) {
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

  /** The number that a text is, which must lie between two others. */
  static int number(String text, int least, int most) {
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new TypeConversionException(text + " (expected: " + least + "-" + most + ")");
  }
}
