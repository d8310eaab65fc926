package io.fairlead.server.serve;

import io.fairlead.config.Address;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.ProxySettings;
import io.fairlead.dialect.FileLoader;
import io.fairlead.server.command.FileName;
import io.fairlead.server.command.ListenText;
import io.fairlead.server.command.UserError;
import io.fairlead.server.settings.ConfigFile;
import io.fairlead.server.settings.FileSettings;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code fairlead serve --config FILE} and no other option, as in a pod or a container. It is what
 * {@link ServeCommand} does with that line, without the options that it does not have: to make them
 * known takes longer than the start of the proxy.
 */
public record ServeFile(Path file, LoadOptions besides, List<String> arguments) {
  private static final String CONFIG = "--config";

  public ServeFile {
    arguments = List.copyOf(arguments);
  }

  /** Null for every other line, and for mistakes, which the command with options has words for. */
  public static @Nullable ServeFile of(List<String> arguments, Map<String, String> environment) {
    String name = fileName(arguments);
    if (name == null || isSpecial(name)) {
      return null;
    }
    Path file = FileName.parse(name);
    LoadOptions besides = besides(environment);
    return file == null || besides == null ? null : new ServeFile(file, besides, arguments);
  }

  /** What the environment says in place of options; null when that cannot be read. */
  private static @Nullable LoadOptions besides(Map<String, String> environment) {
    String listen = environment.get(ProxyOptions.LISTEN_VARIABLE);
    String admin = environment.get(ProxyOptions.ADMIN_VARIABLE);
    try {
      if (admin != null) {
        new ListenText.Admin().convert(admin); // the file decides, but a mistake is one
      }
      return listen == null ? LoadOptions.NONE : listeningAt(new ListenText().convert(listen));
    } catch (TypeConversionException e) {
      return null;
    }
  }

  private static LoadOptions listeningAt(Address listen) {
    String prefix = LoadOptions.Mcrouter.DEFAULT.routePrefix();
    return new LoadOptions(
        null, LoadOptions.Foreign.DEFAULT, new LoadOptions.Mcrouter(List.of(listen), prefix));
  }

  /** Nothing, an option, or a file of options. */
  private static boolean isSpecial(String name) {
    return name.isEmpty() || name.startsWith("-") || name.startsWith("@");
  }

  private static @Nullable String fileName(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.get(0).equals("serve")) {
      return null;
    }
    if (arguments.size() == 3 && arguments.get(1).equals(CONFIG)) {
      return arguments.get(2);
    }
    boolean isOneWord = arguments.size() == 2 && arguments.get(1).startsWith(CONFIG + "=");
    return isOneWord ? arguments.get(1).substring(CONFIG.length() + 1) : null;
  }

  /** Returns when the proxy was told to stop. */
  public void run() throws UserError, InterruptedException {
    SeenFiles files = new SeenFiles();
    FileSettings source = source();
    ProxySettings settings = ConfigFile.readAtStart(file, source, files);
    new Serving(settings, source, files, true, arguments).run(null);
  }

  /** What the file says, and nothing else does. */
  FileSettings source() {
    return new FileSettings(
        file,
        (content, imports) -> FileLoader.read(file, content, besides, imports),
        loaded -> {},
        settings -> settings);
  }
}
