package io.fairlead.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a running Fairlead, in bytes.
 *
 * @param heap of objects that are in use
 * @param direct of buffers
 * @param resident of the process
 * @param classes of objects that are in use, by class
 */
record Footprint(long heap, long direct, long resident, Map<String, Objects> classes) {
  private static final long SETTLING_MILLIS = 1500;
  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern DIRECT =
      Pattern.compile("(?m)^netty_allocator_memory_used\\{.*memory_type=\"direct\".*} (\\S+)$");

  /** Objects of one class. */
  record Objects(long count, long bytes) {
    static final Objects NONE = new Objects(0, 0);

    Objects minus(Objects other) {
      return new Objects(count - other.count, bytes - other.bytes);
    }
  }

  /** That of a process which has had time to come to rest; collects its garbage. */
  static Footprint settled(long pid, int adminPort) throws IOException, InterruptedException {
    Thread.sleep(SETTLING_MILLIS);
    Map<String, Objects> classes = classes(pid);
    long heap = classes.values().stream().mapToLong(Objects::bytes).sum();
    return new Footprint(heap, direct(adminPort), resident(pid), classes);
  }

  private static Map<String, Objects> classes(long pid) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String rows = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, Objects> classes = new HashMap<>();
    rows.lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> classes.merge(row.group(3), objects(row), (a, b) -> a));
    if (classes.isEmpty()) {
      throw new IOException("jcmd: " + rows);
    }
    return classes;
  }

  private static Objects objects(Matcher row) {
    return new Objects(Long.parseLong(row.group(1)), Long.parseLong(row.group(2)));
  }

  private static long resident(long pid) throws IOException {
    Matcher line =
        RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
    if (!line.find()) {
      throw new IOException("process " + pid + " has ended");
    }
    return Long.parseLong(line.group(1)) << 10;
  }

  private static long direct(int adminPort) throws IOException, InterruptedException {
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/metrics")).build();
    String text =
        HttpClient.newHttpClient().send(metrics, HttpResponse.BodyHandlers.ofString()).body();
    Matcher row = DIRECT.matcher(text);
    if (!row.find()) {
      throw new IOException("/metrics does not tell the memory of buffers");
    }
    return (long) Double.parseDouble(row.group(1));
  }

  /** What has come since. */
  Footprint since(Footprint before) {
    Map<String, Objects> more = new HashMap<>();
    classes.forEach(
        (name, now) -> more.put(name, now.minus(before.classes.getOrDefault(name, Objects.NONE))));
    return new Footprint(
        heap - before.heap, direct - before.direct, resident - before.resident, more);
  }
}
