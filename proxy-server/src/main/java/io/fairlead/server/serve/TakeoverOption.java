package io.fairlead.server.serve;

import io.fairlead.server.command.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether, and where, a proxy takes over from the one before it. */
final class TakeoverOption {
  static final String NAME = "--takeover";

  /** Variables that name a folder for sockets. */
  private static final List<String> FOLDERS = List.of("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR");

  @Option(
      names = NAME,
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "PATH",
      description = {
        "Go on with the listeners of the proxy that was",
        "started with the same option, if one runs, which",
        "then ends. Default socket: by --config, below /run."
      })
  private @Nullable String socket;

  /**
   * The path of the socket; null when nobody is taken over from.
   *
   * @param config the file that the proxy is started with
   */
  @Nullable Path path(@Nullable Path config) throws UserError {
    if (socket == null) {
      return null;
    }
    if (!socket.isEmpty()) {
      return Path.of(socket).toAbsolutePath();
    }
    if (config == null) {
      throw new UserError(
          "--takeover needs a path where there is no --config: --takeover=/run/fairlead.sock.");
    }
    return folder().resolve(name(config));
  }

  /** One for each file, wherever the process stands when it is named. */
  static String name(Path config) {
    CRC32 sum = new CRC32();
    sum.update(config.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
    return "fairlead-" + Long.toHexString(sum.getValue()) + ".sock";
  }

  private static Path folder() throws UserError {
    for (String variable : FOLDERS) {
      String folder = System.getenv(variable);
      if (folder != null && !folder.isEmpty()) {
        return Path.of(folder);
      }
    }
    Path run = Path.of("/run");
    if (Files.isWritable(run)) {
      return run;
    }
    throw new UserError("--takeover needs a path here, as /run is not writable: --takeover=PATH.");
  }
}
