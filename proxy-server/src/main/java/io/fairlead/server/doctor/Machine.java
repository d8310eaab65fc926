package io.fairlead.server.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine grants a process, as far as it says so.
 *
 * @param javaVersion of this process, which the same script starts as the proxy
 * @param openFiles how many files a process may have open
 * @param backlog how many connections the kernel keeps waiting for a listener at most
 * @param memory how many bytes the container may use
 * @param heap how many bytes Java may use for objects
 * @param direct the same for buffers
 */
public record Machine(
    String javaVersion,
    OptionalLong openFiles,
    OptionalLong backlog,
    OptionalLong memory,
    long heap,
    long direct) {

  private static final int MOST = 4096;
  private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("^(\\d+)\\s*$");
  private static final Pattern DIRECT = Pattern.compile("-XX:MaxDirectMemorySize=(\\d+)([kmg]?)");

  /** That on which this runs. */
  public static Machine present() {
    OptionalLong memory = read("/sys/fs/cgroup/memory.max", NUMBER);
    return new Machine(
        String.valueOf(Runtime.version()),
        read("/proc/self/limits", OPEN_FILES),
        read("/proc/sys/net/core/somaxconn", NUMBER),
        memory.isPresent() ? memory : read("/sys/fs/cgroup/memory/memory.limit_in_bytes", NUMBER),
        Runtime.getRuntime().maxMemory(),
        direct(ManagementFactory.getRuntimeMXBean().getInputArguments()));
  }

  private static OptionalLong read(String file, Pattern pattern) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      // In one piece: Files.readString takes a byte and then the rest, of which /proc/sys has none.
      byte[] piece = new byte[MOST];
      int read = in.read(piece);
      Matcher matcher = pattern.matcher(new String(piece, 0, Math.max(0, read), US_ASCII));
      if (matcher.find() && matcher.group(1).length() < 19) {
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
      }
    } catch (IOException e) {
      // This system does not say it.
    }
    return OptionalLong.empty();
  }

  /** Java grants as much as for objects unless told otherwise. */
  static long direct(List<String> arguments) {
    long direct = Runtime.getRuntime().maxMemory();
    for (String argument : arguments) {
      Matcher matcher = DIRECT.matcher(argument);
      if (matcher.matches()) {
        direct = Long.parseLong(matcher.group(1)) << shift(matcher.group(2));
      }
    }
    return direct;
  }

  private static int shift(String unit) {
    return unit.isEmpty() ? 0 : 10 * ("kmg".indexOf(unit) + 1);
  }
}
