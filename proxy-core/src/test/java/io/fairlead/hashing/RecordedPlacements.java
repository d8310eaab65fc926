package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The tables of {@code placement/}: which server a nutcracker 0.5.0 on x86-64 sent a key to, one
 * tab-separated row per key. Servers are written as in its configuration and joined by a bar.
 */
final class RecordedPlacements {
  private static final Pattern BAR = Pattern.compile("\\|");
  private static final int DEFAULT_PORT = 11211;

  private RecordedPlacements() {}

  /** The rows of a table, split at tabs, without the header. */
  static List<String[]> rows(String table) {
    String resource = "/placement/" + table + ".tsv.gz";
    try (InputStream file =
            Objects.requireNonNull(
                RecordedPlacements.class.getResourceAsStream(resource), resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(new GZIPInputStream(file), UTF_8))) {
      return lines.lines().skip(1).map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  static List<RingMember> servers(String joined) {
    return names(joined).stream().map(RecordedPlacements::server).toList();
  }

  static List<String> names(String joined) {
    return Arrays.asList(BAR.split(joined, -1));
  }

  /** A key whose unprintable bytes and backslashes are written {@code \xHH}. */
  static byte[] key(String escaped) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        c = (char) Integer.parseInt(escaped, i + 2, i + 4, 16);
        i += 3;
      }
      bytes.append(c);
    }
    return bytes.toString().getBytes(ISO_8859_1);
  }

  /** Reads {@code host:port:weight[ name]} or {@code /path:weight[ name]} from the end. */
  static RingMember server(String line) {
    int space = line.lastIndexOf(' ');
    String address = space < 0 ? line : line.substring(0, space);
    int colon = address.lastIndexOf(':');
    int weight = Integer.parseInt(address, colon + 1, address.length(), 10);
    String name = space < 0 ? ringName(address.substring(0, colon)) : line.substring(space + 1);
    return new RingMember(name, weight);
  }

  private static String ringName(String address) {
    if (address.startsWith("/")) {
      return address + ":";
    }
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address, colon + 1, address.length(), 10);
    return port == DEFAULT_PORT ? address.substring(0, colon) : address;
  }
}
