package io.fairlead.server.remote;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where the admin port of a running proxy is. */
public final class RemoteOption implements ITypeConverter<RemoteProxy> {
  public static final String DEFAULT = "127.0.0.1:5001";

  @Override
  public RemoteProxy convert(String text) {
    try {
      return RemoteProxy.at(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
