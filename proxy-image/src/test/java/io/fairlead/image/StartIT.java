package io.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the image starts: with the archive of classes, fast, and without it all the same. */
class StartIT {
  private static final String OPTIONS = "JDK_JAVA_OPTIONS";
  private static final int STARTS = 7;

  @TempDir private Path folder;

  private Engine engine;
  private MemcachedProcess memcached;

  @BeforeEach
  void start() throws Exception {
    Path etc = Files.createDirectory(folder.resolve("etc"));
    Image image = Image.unpackedTo(Files.createDirectory(folder.resolve("image")));
    engine = Engine.of(image, folder).mount(etc, "/etc/fairlead");
    assumeThat(engine.hindrance()).as("why no container can be run").isEmpty();
    memcached = MemcachedProcess.start();
    Files.writeString(
        etc.resolve("fairlead.yaml"),
        """
        listeners: [127.0.0.1:0]
        pools: { main: { servers: ["127.0.0.1:%d"] } }
        admin: 127.0.0.1:0
        """
            .formatted(memcached.port()));
  }

  @AfterEach
  void stop() {
    if (memcached != null) {
      memcached.close();
    }
  }

  @Test
  void nearlyAllClassesComeFromTheArchive() throws Exception {
    try (Container container = engine.with(OPTIONS, "-Xlog:class+load=info").start()) {
      container.await("msg=\"ready\"");
      List<String> classes =
          container.log().lines().filter(line -> line.contains(" source: ")).toList();

      long archived =
          classes.stream().filter(line -> line.contains(" source: shared objects file")).count();
      assertThat(archived).isGreaterThan(3000);
      assertThat((double) archived / classes.size()).isGreaterThan(0.95);
    }
  }

  @Test
  void startsWithoutAWordWhenTheArchiveDoesNotFit() throws Exception {
    Engine other = engine.with(OPTIONS, "-XX:-UseCompactObjectHeaders");
    try (Container container = other.start();
        RawClient client = container.client()) {
      client.send("get k\r\n").expect("END\r\n");

      container.await("msg=\"ready\"");
      assertThat(container.log().lines())
          .first()
          .asString()
          .startsWith("NOTE: Picked up JDK_JAVA_OPTIONS:");
      assertThat(container.log().lines().skip(1)).allMatch(line -> line.startsWith("time="));
    }
  }

  @Test
  void flagsOfTheImageGiveWayToThoseOfTheUser() throws Exception {
    Engine other = engine.with(OPTIONS, "-Xmx64m");
    try (Container container = other.start()) {
      container.await("msg=\"ready\"");

      assertThat(container.exec("/opt/fairlead/bin/jcmd", "1", "VM.flags").output())
          .contains("-XX:MaxHeapSize=67108864")
          .contains("-XX:MaxDirectMemorySize=134217728");
    }
  }

  /*
   * The fastest of several: whatever else the machine does makes a start slower, and none faster.
   * docs/image.md has what was measured with nothing else to do.
   */
  @Test
  void answersWithinASecond() throws Exception {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (Container container = engine.start();
          RawClient client = container.client()) {
        client
            .send("set k 0 0 1\r\n1\r\nget k\r\n")
            .expect("STORED\r\nVALUE k 0 1\r\n1\r\nEND\r\n");
        times.add(container.age());
        if (i == 0) {
          System.out.println(
              "resident: "
                  + container.status("VmRSS")
                  + ", of it anonymous: "
                  + container.status("RssAnon"));
        }
      }
    }
    times.sort(null);

    System.out.println("from the start to the first reply, median: " + times.get(STARTS / 2));
    assertThat(times.get(0)).isLessThan(Duration.ofSeconds(1));
  }
}
