package io.fairlead.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds installed programs, also where daemons are installed but {@code PATH} may not lead. */
public final class Programs {
  private Programs() {}

  /** The path of a program. */
  public static String find(String name) throws IOException {
    List<String> directories = new ArrayList<>();
    String path = System.getenv("PATH");
    directories.addAll(List.of((path == null ? "" : path).split(":", -1)));
    directories.addAll(List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin"));
    for (String directory : directories) {
      Path program = Path.of(directory, name);
      if (!directory.isEmpty() && Files.isExecutable(program)) {
        return program.toString();
      }
    }
    throw new IOException(name + ": not found (expected: an installed program)");
  }
}
