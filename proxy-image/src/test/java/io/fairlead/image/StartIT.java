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
  private static final int STARTS = Integer.getInteger("fairlead.starts", 5);

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
   * Processor time, as the time on the clock depends on what else the machine does; docs/image.md
   * has both, measured with nothing else to do.
   */
  @Test
  void archiveSavesMuchOfTheWork() throws Exception {
    Starts with = new Starts();
    Starts without = new Starts();
    for (int i = 0; i < STARTS; i++) {
      with.measure(engine);
      without.measure(engine.with(OPTIONS, "-Xshare:off"));
    }

    System.out.println("with the archive: " + with + "; without: " + without);
    assertThat(with.work().toMillis()).isLessThan(without.work().toMillis() * 4 / 5);
  }

  /** Medians of several starts, each until the first reply. */
  private static final class Starts {
    private final List<Duration> times = new ArrayList<>();
    private final List<Duration> work = new ArrayList<>();
    private String resident = "";

    void measure(Engine engine) throws Exception {
      try (Container container = engine.start();
          RawClient client = container.client()) {
        client
            .send("set k 0 0 1\r\n1\r\nget k\r\n")
            .expect("STORED\r\nVALUE k 0 1\r\n1\r\nEND\r\n");
        times.add(container.age());
        work.add(container.cpuTime());
        resident = container.status("VmRSS");
      }
    }

    Duration work() {
      return work.stream().sorted().toList().get(work.size() / 2);
    }

    @Override
    public String toString() {
      List<Duration> sorted = times.stream().sorted().toList();
      return "%d ms (%d to %d), %d ms of work, %s resident"
          .formatted(
              sorted.get(sorted.size() / 2).toMillis(),
              sorted.get(0).toMillis(),
              sorted.get(sorted.size() - 1).toMillis(),
              work().toMillis(),
              resident);
    }
  }
}
