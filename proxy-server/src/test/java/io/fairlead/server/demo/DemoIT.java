package io.fairlead.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.Conversation;
import io.fairlead.server.Launcher;
import io.fairlead.server.RunningFairlead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  private static final String LAB =
      "set anotherkey 0 0 15\r\nMcrouter is fun\r\nget anotherkey\r\nquit\r\n";
  private static final String FOUND = "VALUE anotherkey 0 15\r\nMcrouter is fun\r\nEND\r\n";

  @TempDir private Path folder;
  private Launcher launcher;

  @BeforeEach
  void copy() throws IOException {
    launcher = Launcher.copiedTo(folder);
  }

  @Test
  void answersAsItsGuideSays() throws Exception {
    try (RunningFairlead demo = launcher.start("demo", "--port", "0")) {
      int port = demo.awaitPort("telnet 127.0.0.1 (\\d+)");
      demo.await("Ctrl-C");

      assertThat(Conversation.with(port, LAB)).isEqualTo("STORED\r\n" + FOUND);
      assertThat(nodesWithTheKey(demo)).isEqualTo(1);
      assertThat(demo.terminate()).isZero();
    }
  }

  @Test
  void keepsKeysOnEveryNodeWhenReplicated() throws Exception {
    try (RunningFairlead demo =
        launcher.start("demo", "--port", "0", "--replicated", "--nodes", "2")) {
      int port = demo.awaitPort("telnet 127.0.0.1 (\\d+)");
      demo.await("Ctrl-C");

      assertThat(Conversation.with(port, LAB)).isEqualTo("STORED\r\n" + FOUND);
      assertThat(nodesWithTheKey(demo)).isEqualTo(2);
    }
  }

  @Test
  void preparesQuickStartsOnce() throws Exception {
    try (RunningFairlead demo = launcher.start("demo", "--port", "0")) {
      demo.await("Ctrl-C");
    }

    try (Stream<Path> files = Files.list(launcher.root.resolve("proxy-server/target"))) {
      List<Path> archives = files.filter(file -> file.toString().endsWith(".jsa")).toList();
      assertThat(archives).hasSize(1);
      assertThat(archives.get(0)).isNotEmptyFile();
    }
  }

  private static long nodesWithTheKey(RunningFairlead demo) throws IOException {
    long found = 0;
    for (MatchResult node :
        Pattern.compile("node \\d+ +127.0.0.1:(\\d+)").matcher(demo.log()).results().toList()) {
      int port = Integer.parseInt(node.group(1));
      found += Conversation.with(port, "get anotherkey\r\nquit\r\n").equals(FOUND) ? 1 : 0;
    }
    return found;
  }
}
