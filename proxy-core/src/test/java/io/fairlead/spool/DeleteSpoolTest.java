package io.fairlead.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.SpoolSettings;
import io.fairlead.config.SpoolSettings.Fsync;
import io.fairlead.metrics.SpoolCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With its own thread, and loops that are plain executors. */
class DeleteSpoolTest {
  private static final Address SERVER = new Address.Tcp("10.0.0.1", 11211);

  @TempDir Path directory;

  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "the-loop"));
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  private final Receipt receipt =
      new Receipt() {
        @Override
        public void onSpooled() {
          told.add("spooled on " + Thread.currentThread().getName());
        }

        @Override
        public void onRefused() {
          told.add("refused on " + Thread.currentThread().getName());
        }
      };

  @AfterEach
  void stopLoop() {
    loop.shutdownNow();
  }

  @Test
  void tellsOnTheLoopWhenTheServerIsHeldBackAlready() throws InterruptedException {
    try (DeleteSpool spool = DeleteSpool.start(SpoolSettings.in(directory).with(Fsync.ALWAYS))) {
      LoopSpool ofLoop = spool.forLoop(0, loop);

      ofLoop.add(SERVER, "pool", "key".getBytes(UTF_8), receipt);

      assertThat(next()).isEqualTo("spooled on the-loop");
      assertThat(ofLoop.backlog(SERVER).isPending()).isTrue();
      assertThat(spool.forLoop(1, loop).backlog(SERVER).isPending())
          .as("seen from another loop")
          .isTrue();
    }
  }

  @Test
  void givesDeletesBackBatchByBatch() throws InterruptedException {
    try (DeleteSpool spool = DeleteSpool.start(SpoolSettings.in(directory))) {
      LoopSpool ofLoop = spool.forLoop(0, loop);
      for (int i = 0; i < 3000; i++) {
        ofLoop.add(SERVER, "pool", ("key-" + i).getBytes(UTF_8), receipt);
      }
      for (int i = 0; i < 3000; i++) {
        assertThat(next()).isEqualTo("spooled on the-loop");
      }

      List<String> keys = new ArrayList<>();
      ofLoop.read(ofLoop.backlog(SERVER), batch -> replay(ofLoop, batch, keys));

      assertThat(next()).isEqualTo("over");
      assertThat(keys).hasSize(3000).doesNotHaveDuplicates().contains("key-0", "key-2999");
      assertThat(ofLoop.backlog(SERVER).isPending()).isFalse();
      assertThat(spool.stats().get(SpoolCounter.REPLAYED)).isEqualTo(3000);
    }
  }

  private void replay(LoopSpool ofLoop, @Nullable Batch batch, List<String> keys) {
    if (batch == null) {
      told.add("over");
      return;
    }
    batch.keys().forEach(key -> keys.add(new String(key, UTF_8)));
    ofLoop.done(batch, 0, next -> replay(ofLoop, next, keys));
  }

  @Test
  void refusesOnceItIsClosed() throws InterruptedException {
    DeleteSpool spool = DeleteSpool.start(SpoolSettings.in(directory));
    LoopSpool ofLoop = spool.forLoop(0, loop);
    spool.close();

    ofLoop.add(SERVER, "pool", "key".getBytes(UTF_8), receipt);

    assertThat(next()).isEqualTo("refused on " + Thread.currentThread().getName());
  }

  @Test
  void startsWithoutItsDirectory() throws InterruptedException {
    try (DeleteSpool spool = DeleteSpool.start(SpoolSettings.in(Path.of("/proc/none/spool")))) {
      LoopSpool ofLoop = spool.forLoop(0, loop);

      ofLoop.add(SERVER, "pool", "key".getBytes(UTF_8), receipt);

      assertThat(next()).isEqualTo("refused on the-loop");
    }
  }

  private String next() throws InterruptedException {
    String next = told.poll(10, TimeUnit.SECONDS);
    return next == null ? "nothing" : next;
  }
}
