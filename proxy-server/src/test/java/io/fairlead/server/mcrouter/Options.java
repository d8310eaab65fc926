package io.fairlead.server.mcrouter;

import java.util.ArrayList;
import java.util.List;

/** Command lines for tests. */
final class Options {
  /** What every start needs. */
  static final List<String> LEAST = List.of("-p", "5000", "--config-file", "/etc/mcrouter.json");

  private Options() {}

  /** What exactly these arguments ask for. */
  static McrouterOptions of(String... arguments) throws McrouterMistake {
    return McrouterOptions.of(McrouterArguments.read(List.of(arguments)));
  }

  /** What these arguments ask for behind those that every start needs. */
  static McrouterOptions with(String... arguments) throws McrouterMistake {
    List<String> all = new ArrayList<>(LEAST);
    all.addAll(List.of(arguments));
    return McrouterOptions.of(McrouterArguments.read(all));
  }
}
