package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ProxySettings;
import io.fairlead.server.mcrouter.JsonLoader;
import io.fairlead.server.mcrouter.McrouterArguments;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.mcrouter.McrouterOptions;
import io.fairlead.server.mcrouter.McrouterSettings;
import io.fairlead.server.watch.SeenFiles;
import io.fairlead.testkit.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code fairlead mcrouter} makes of examples for the servers 10.0.0.1, 10.0.0.2 ... */
final class McrouterProxy {
  private McrouterProxy() {}

  /**
   * @param ports where these servers really are, on this machine
   * @param folder for its spool
   * @param more options of the command line
   */
  static ProxySettings settings(String json, List<Integer> ports, Path folder, String... more)
      throws McrouterMistake {
    List<String> line = new ArrayList<>();
    line.add("-p");
    line.add(String.valueOf(FreePorts.next()));
    line.add("--listen-addresses=127.0.0.1");
    line.add("--server-timeout=5000");
    line.add("--async-dir=" + folder);
    line.add("--config-str=" + here(json, ports));
    line.addAll(List.of(more));
    McrouterOptions options = McrouterOptions.of(McrouterArguments.read(line));
    return McrouterSettings.of(options, new JsonLoader().load(options, new SeenFiles()));
  }

  /** The same example for servers of this machine. */
  static String here(String example, List<Integer> ports) {
    String text = example;
    for (int i = 0; i < ports.size(); i++) {
      text = text.replace("10.0.0." + (i + 1) + ":11211", "127.0.0.1:" + ports.get(i));
    }
    assertThat(text).as("an example with other servers").doesNotContain("10.0.0.");
    return text;
  }
}
