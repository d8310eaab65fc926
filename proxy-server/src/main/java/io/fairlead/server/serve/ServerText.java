package io.fairlead.server.serve;

import io.fairlead.config.Address;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourcePlace;
import io.fairlead.config.SourceText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A memcached server as users write it: {@code cache1:11211}, {@code cache1}, or a unix socket; or
 * the URL of a source of servers.
 */
final class ServerText implements ITypeConverter<GivenServer> {
  @Override
  public GivenServer convert(String text) {
    if (SourceText.isSource(text)) {
      return new GivenServer.LookedUp(source(text));
    }
    if (text.matches("\\d+")) {
      throw noServer(text);
    }
    Address address = parse(text);
    if (address instanceof Address.Tcp tcp && tcp.port() == 0) {
      throw noServer(text);
    }
    return new GivenServer.Named(address);
  }

  private static SourcePlace source(String text) {
    try {
      return SourceText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static Address parse(String text) {
    try {
      return Address.parse(text, ServerSettings.DEFAULT_PORT);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static TypeConversionException noServer(String text) {
    return new TypeConversionException(text + " (expected: host:port, as in cache1:11211)");
  }
}
