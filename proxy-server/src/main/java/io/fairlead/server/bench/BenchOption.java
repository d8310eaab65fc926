package io.fairlead.server.bench;

import io.fairlead.config.Address;
import io.fairlead.config.ServerSettings;
import io.fairlead.server.bench.BenchSettings.Mix;
import io.fairlead.server.command.WholeNumber;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of options of {@code fairlead bench}. */
final class BenchOption {
  private static final Pattern MIX = Pattern.compile("(\\d{1,6}):(\\d{1,6})");

  private BenchOption() {}

  static final class Target implements ITypeConverter<Address> {
    @Override
    public Address convert(String text) {
      try {
        Address address = Address.parse(text, ServerSettings.DEFAULT_PORT);
        if (!(address instanceof Address.Tcp tcp) || tcp.port() > 0) {
          return address;
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
      throw new TypeConversionException(text + " (expected: a port from 1 to 65535)");
    }
  }

  static final class Connections extends WholeNumber {
    Connections() {
      super(1, 1000);
    }
  }

  static final class Pipeline extends WholeNumber {
    Pipeline() {
      super(1, 10_000);
    }
  }

  static final class Keys extends WholeNumber {
    Keys() {
      super(1, 100_000_000);
    }
  }

  static final class Multiget extends WholeNumber {
    Multiget() {
      super(1, 100);
    }
  }

  static final class ValueBytes extends WholeNumber {
    ValueBytes() {
      super(0, 1_000_000);
    }
  }

  static final class Skew implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double skew = text.matches("\\d(\\.\\d{1,6})?") ? Double.parseDouble(text) : -1;
      if (skew < 0 || skew > 5) {
        throw new TypeConversionException(text + " (expected: 0-5, as in 0.99)");
      }
      return skew;
    }
  }

  static final class MixText implements ITypeConverter<Mix> {
    @Override
    public Mix convert(String text) {
      Matcher mix = MIX.matcher(text);
      if (mix.matches()) {
        int gets = Integer.parseInt(mix.group(1));
        int sets = Integer.parseInt(mix.group(2));
        if (gets + sets > 0) {
          return new Mix(gets, sets);
        }
      }
      throw new TypeConversionException(text + " (expected: gets:sets, as in 9:1)");
    }
  }
}
