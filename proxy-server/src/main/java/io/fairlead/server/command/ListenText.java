package io.fairlead.server.command;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address to listen on as users write it: {@code 127.0.0.1:5000}, {@code :5000} for every
 * interface, {@code 5000} for this machine only, or a unix socket.
 */
public final class ListenText implements ITypeConverter<Address> {
  public static final String EVERY_INTERFACE = "0.0.0.0";
  public static final String THIS_MACHINE = "127.0.0.1";

  @Override
  public Address convert(String text) {
    try {
      return Address.parse(withHost(text), ListenerSettings.DEFAULT_PORT);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static String withHost(String text) {
    if (text.matches("\\d+")) {
      return THIS_MACHINE + ":" + text;
    }
    return text.matches(":\\d+") ? EVERY_INTERFACE + text : text;
  }

  /** Where the admin port listens: the same without unix sockets, or {@code off} for nowhere. */
  public static final class Admin implements ITypeConverter<Address.@Nullable Tcp> {
    @Override
    public Address.@Nullable Tcp convert(String text) {
      if (text.equals("off")) {
        return null;
      }
      boolean hasPort = text.matches("(.*:)?\\d+");
      if (hasPort && new ListenText().convert(text) instanceof Address.Tcp tcp) {
        return tcp;
      }
      throw new TypeConversionException(text + " (expected: host:port, :port or off)");
    }
  }
}
