package io.fairlead.server.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file, which may have characters that the locale has no bytes for. */
public final class FileName implements ITypeConverter<Path> {
  public static final String UNKNOWN_CHARACTERS =
      "the file name has characters that the locale (LANG) does not know: set it to C.UTF-8.";

  @Override
  public Path convert(String text) {
    Path path = parse(text);
    if (path == null) {
      throw new TypeConversionException(UNKNOWN_CHARACTERS);
    }
    return path;
  }

  /** The file of that name; null when there can be none. */
  public static @Nullable Path parse(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
