package io.fairlead.server;

import io.fairlead.config.Address;
import io.fairlead.config.ServerSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A memcached server as users write it: {@code cache1:11211}, {@code cache1}, or a unix socket. */
final class ServerText implements ITypeConverter<Address> {
  @Override
  public Address convert(String text) {
    if (text.matches("\\d+")) {
      throw noServer(text);
    }
    Address address = parse(text);
    if (address instanceof Address.Tcp tcp && tcp.port() == 0) {
      throw noServer(text);
    }
    return address;
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
