package io.fairlead.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a configuration: YAML with the keys that {@code docs/configuration.md} lists, or a
 * nutcracker.yml. Which of the two it is, the content tells and not the name.
 *
 * <p>Strict: what is unknown, given twice, of a wrong type or out of its range is refused, all of
 * it in one {@link ConfigException}, and nothing is repaired. What is left out takes its default.
 */
public final class ConfigLoader {
  private static final String TOP_LEVEL = "a map with pools";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ConfigLoader() {}

  /**
   * The settings in a file.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static ProxySettings load(Path file) {
    return read(file).settings();
  }

  /**
   * The settings in a text; {@code fileName} is what messages call it.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static ProxySettings parse(String text, String fileName) {
    return read(text, fileName).settings();
  }

  /**
   * The settings in a file, and what is legal in it but odd.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static LoadedConfig read(Path file) {
    return read(file, LoadOptions.NONE);
  }

  /**
   * The settings in a file and in {@code options}, and what is legal in it but odd.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static LoadedConfig read(Path file, LoadOptions options) {
    return read(contentOf(file), file.toString(), options);
  }

  /**
   * The settings in the bytes of a file and in {@code options}, and what is legal in it but odd.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static LoadedConfig read(byte[] content, String fileName, LoadOptions options) {
    Problems problems = new Problems(fileName);
    String text = decode(content, problems);
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    return read(text, problems, options);
  }

  /**
   * The bytes of a file.
   *
   * @throws ConfigException when it cannot be read
   */
  public static byte[] contentOf(Path file) {
    Problems problems = new Problems(file.toString());
    byte[] content = bytesOf(file, problems);
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    return content;
  }

  /**
   * The settings in a text, and what is legal in it but odd.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static LoadedConfig read(String text, String fileName) {
    return read(text, fileName, LoadOptions.NONE);
  }

  /**
   * The settings in a text and in {@code options}, and what is legal in it but odd.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static LoadedConfig read(String text, String fileName, LoadOptions options) {
    return read(text, new Problems(fileName), options);
  }

  private static LoadedConfig read(String text, Problems problems, LoadOptions options) {
    boolean isMarked = text.startsWith(BYTE_ORDER_MARK);
    Node root = YamlText.compose(isMarked ? text.substring(1) : text, problems);
    if (root == null) {
      throw problems.toException();
    }
    ConfigValue document = new ConfigValue(problems, "", root);
    Dialect dialect = DialectFinder.find(root, document);
    if (dialect == null) {
      throw problems.toException();
    }
    if (isMarked && dialect == Dialect.FAIRLEAD) {
      problems.refuse(1, 1, "a byte order mark", "UTF-8 text without one");
      throw problems.toException();
    }
    ProxySettings settings = document.map(TOP_LEVEL, readerOf(dialect, options));
    if (settings == null || !problems.isEmpty()) {
      throw problems.toException();
    }
    return new LoadedConfig(dialect, settings, problems.warnings());
  }

  private static ConfigValue.MapBody<ProxySettings> readerOf(Dialect dialect, LoadOptions options) {
    return dialect == Dialect.NUTCRACKER
        ? new NutcrackerReader(options)::read
        : new ProxyReader(options.admin())::read;
  }

  /** The text of a file; empty when a problem was reported instead. */
  static String text(Path file, Problems problems) {
    byte[] bytes = bytesOf(file, problems);
    return problems.isEmpty() ? decode(bytes, problems) : "";
  }

  private static byte[] bytesOf(Path file, Problems problems) {
    try {
      if (Files.isDirectory(file)) {
        problems.refuse(0, 0, "a directory", "a file");
      } else if (Files.size(file) > YamlText.LONGEST_TEXT) {
        problems.refuse(0, 0, Files.size(file) + " bytes", "at most " + YamlText.LONGEST_TEXT);
      } else {
        return Files.readAllBytes(file);
      }
    } catch (NoSuchFileException e) {
      problems.refuse(0, 0, "no such file", "a file");
    } catch (AccessDeniedException e) {
      problems.refuse(0, 0, "permission denied", "a file that can be read");
    } catch (IOException e) {
      problems.refuse(0, 0, String.valueOf(e.getMessage()), "a file that can be read");
    }
    return new byte[0];
  }

  private static String decode(byte[] bytes, Problems problems) {
    String sixteenBits = utf16(bytes);
    if (sixteenBits != null) {
      return sixteenBits;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int lines = (int) text.chars().filter(c -> c == '\n').count();
      int lineStart = text.lastIndexOf('\n') + 1;
      int column = 1 + text.codePointCount(lineStart, text.length());
      problems.refuse(
          lines + 1, column, String.format("the byte 0x%02x", in.get(in.position())), "UTF-8 text");
    }
    return text;
  }

  /** The text, with its byte order mark, when it starts with that of UTF-16; YAML knows it too. */
  private static @Nullable String utf16(byte[] bytes) {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] mark = BYTE_ORDER_MARK.getBytes(charset);
      if (bytes.length >= 2 && bytes[0] == mark[0] && bytes[1] == mark[1]) {
        return new String(bytes, charset);
      }
    }
    return null;
  }
}
