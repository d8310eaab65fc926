package io.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container engine loads the tar and runs it, where there is one that can. */
class PodmanIT {
  private static final Pattern LOADED = Pattern.compile("Loaded image(?:\\(s\\))?: (\\S+)");
  private static final String CONTAINER = "fairlead-test";

  @TempDir private Path folder;
  private String image = "";

  @Test
  void loadsServesAndStops() throws Exception {
    assumeThat(hindrance()).as("why podman cannot run it").isEmpty();
    int port = FreePorts.next();
    try (MemcachedProcess memcached = MemcachedProcess.start()) {
      podman(
              "run",
              "--detach",
              "--name=" + CONTAINER,
              "--network=host",
              "--read-only",
              "--cap-drop=ALL",
              "--security-opt=no-new-privileges",
              "--ulimit=host",
              "--env=FAIRLEAD_LISTEN=127.0.0.1:" + port,
              "--env=FAIRLEAD_ADMIN=off",
              image,
              "serve",
              "--server",
              "127.0.0.1:" + memcached.port())
          .requireSuccess();
      awaitReady();

      try (RawClient client = RawClient.connect(port)) {
        client.send("set k 0 0 1\r\n1\r\nget k\r\n");
        client.expect("STORED\r\nVALUE k 0 1\r\n1\r\nEND\r\n");
      }
      assertThat(podman("exec", CONTAINER, "jcmd", "1", "VM.version").output())
          .contains("OpenJDK 64-Bit Server VM version 25");
      podman("stop", "--time=20", CONTAINER).requireSuccess();
      assertThat(podman("inspect", "--format={{.State.ExitCode}}", CONTAINER).output().strip())
          .isEqualTo("0");
    } finally {
      podman("rm", "--force", CONTAINER);
      podman("rmi", "--force", image);
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!podman("logs", CONTAINER).output().contains("msg=\"ready\"")) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(podman("logs", CONTAINER).output());
      }
    }
  }

  /** Why it cannot; empty when it can. */
  private String hindrance() throws IOException, InterruptedException {
    try {
      Ended loaded = podman("load", "--input", Image.TAR.toString());
      Matcher name = LOADED.matcher(loaded.output());
      if (loaded.status() != 0 || !name.find()) {
        return loaded.output();
      }
      image = name.group(1);
      Ended tried = podman("run", "--rm", "--network=host", "--ulimit=host", image, "--version");
      return tried.status() == 0 ? "" : tried.output();
    } catch (IOException e) {
      return "podman and runc are not installed: " + e.getMessage();
    }
  }

  /** With images, containers and settings of its own. */
  private Ended podman(String... arguments) throws IOException, InterruptedException {
    Path settings = folder.resolve("containers.conf");
    Files.writeString(settings, "[containers]\ndefault_ulimits = []\n");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "CONTAINERS_CONF=" + settings, "podman"));
    command.addAll(List.of("--root=" + folder.resolve("root")));
    command.addAll(List.of("--runroot=" + folder.resolve("run"), "--storage-driver=vfs"));
    command.addAll(List.of("--runtime=runc", "--cgroup-manager=cgroupfs"));
    command.addAll(List.of(arguments));
    return Ended.of(command);
  }
}
