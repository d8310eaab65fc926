package io.fairlead.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the native configuration: YAML with the keys that {@code docs/configuration.md} lists.
 *
 * <p>Strict: what is unknown, given twice, of a wrong type or out of its range is refused, all of
 * it in one {@link ConfigException}, and nothing is repaired. What is left out takes its default.
 */
public final class ConfigLoader {
  private static final String TOP_LEVEL = "a map with pools";

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
    Problems problems = new Problems(file.toString());
    String text = text(file, problems);
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    return read(text, problems);
  }

  /**
   * The settings in a text, and what is legal in it but odd.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static LoadedConfig read(String text, String fileName) {
    return read(text, new Problems(fileName));
  }

  private static LoadedConfig read(String text, Problems problems) {
    Node root = YamlText.compose(text, problems);
    if (root == null) {
      throw problems.toException();
    }
    ConfigValue document = new ConfigValue(problems, "", root);
    ProxySettings settings = document.map(TOP_LEVEL, new ProxyReader()::read);
    if (settings == null || !problems.isEmpty()) {
      throw problems.toException();
    }
    return new LoadedConfig(settings, problems.warnings());
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
}
