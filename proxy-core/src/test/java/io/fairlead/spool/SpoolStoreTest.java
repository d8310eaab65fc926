package io.fairlead.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.SpoolSettings;
import io.fairlead.config.SpoolSettings.Fsync;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolStoreTest {
  private static final Address A = new Address.Tcp("10.0.0.1", 11211);
  private static final Address B = new Address.Tcp("10.0.0.2", 11211);
  private static final Instant START = Instant.parse("2026-11-20T21:42:21.250Z");

  @TempDir Path directory;

  private final List<SpoolStore> opened = new ArrayList<>();
  private SpoolSettings settings = SpoolSettings.in(Path.of("unset"));
  private Instant now = START;
  private SpoolStats stats = new SpoolStats();
  private int spooled;
  private int refused;

  private final Receipt receipt =
      new Receipt() {
        @Override
        public void onSpooled() {
          spooled++;
        }

        @Override
        public void onRefused() {
          refused++;
        }
      };

  @BeforeEach
  void useTheDirectory() {
    settings = SpoolSettings.in(directory);
  }

  @AfterEach
  void closeAll() {
    opened.forEach(SpoolStore::close);
  }

  @Test
  void writesOneFileForEachLoopWhereMcrouterWould() throws IOException {
    SpoolStore store = open();

    add(store, 0, A, "a");
    add(store, 1, A, "b");
    store.flush();

    assertThat(files())
        .hasSize(2)
        .allSatisfy(
            name ->
                assertThat(name)
                    .matches(
                        "20261120T21-1795208400/20261120T214221-1795210941-fairlead-fairlead"
                            + "-t[01]-0x[0-9a-f]+"));
    assertThat(Files.readString(directory.resolve(files().get(0))))
        .isEqualTo("[\"AS1.0\",1795210941.250,\"C\",[\"10.0.0.1\",11211,\"delete a\\r\\n\"]]\n");
    assertThat(spooled).isEqualTo(2);
  }

  @Test
  void beginsAnotherFileAfterAQuarterOfAnHour() throws IOException {
    SpoolStore store = open();
    addAndFlush(store, A, "a");

    now = now.plus(Duration.ofMinutes(14));
    store.tick();
    addAndFlush(store, A, "b");
    assertThat(files()).hasSize(1);
    now = now.plus(Duration.ofMinutes(1));
    store.tick();
    addAndFlush(store, A, "c");

    assertThat(files()).hasSize(2);
    assertThat(keys(store, A)).containsExactly("a", "b");
    settleAll(store, A);
    assertThat(stats.get(SpoolCounter.REPLAYED)).isEqualTo(3);
  }

  @Test
  void tellsNobodyBeforeItIsWritten() {
    SpoolStore store = open();

    add(store, 0, A, "a");

    assertThat(spooled).isZero();
    assertThat(store.backlog(A).isPending()).isFalse();
    store.flush();
    assertThat(spooled).isEqualTo(1);
    assertThat(store.backlog(A).isPending()).isTrue();
  }

  @Test
  void givesEachServerItsOwnDeletesUntilTheyAreDone() {
    SpoolStore store = open();
    addAndFlush(store, A, "a1", "a2");
    addAndFlush(store, B, "b1");

    Batch batch = read(store, A);

    assertThat(keys(batch)).containsExactly("a1", "a2");
    assertThat(keys(store, A)).as("not done yet").containsExactly("a1", "a2");
    store.done(batch, 0);
    assertThat(store.read(store.backlog(A))).isNull();
    assertThat(store.backlog(A).isPending()).isFalse();
    assertThat(store.backlog(B).pending()).isEqualTo(1);
    assertThat(keys(store, B)).containsExactly("b1");
  }

  @Test
  void goesOnWithWhatWasAddedWhileABatchWasSent() {
    SpoolStore store = open();
    addAndFlush(store, A, "a1");
    Batch batch = read(store, A);

    addAndFlush(store, A, "a2");
    store.done(batch, 0);

    assertThat(keys(store, A)).containsExactly("a2");
  }

  @Test
  void readsALargeBacklogInBatches() {
    SpoolStore store = open();
    String[] all = IntStream.range(0, 5000).mapToObj(i -> "key-" + i).toArray(String[]::new);
    addAndFlush(store, A, all);

    List<String> read = new ArrayList<>();
    for (Batch batch = store.read(store.backlog(A));
        batch != null;
        batch = store.read(store.backlog(A))) {
      assertThat(batch.keys()).hasSizeLessThanOrEqualTo(1024);
      read.addAll(keys(batch));
      store.done(batch, 0);
    }

    assertThat(read).containsExactly(all);
  }

  @Test
  void removesAFileWhenAllOfItIsDone() throws IOException {
    SpoolStore store = open();
    addAndFlush(store, A, "a");
    addAndFlush(store, B, "b");
    now = now.plus(Duration.ofMinutes(16));
    store.tick();

    settleAll(store, A);
    assertThat(files()).hasSize(1);
    settleAll(store, B);

    assertThat(files()).isEmpty();
    assertThat(directory).isDirectoryNotContaining(path -> Files.isDirectory(path));
    assertThat(stats.get(SpoolCounter.BYTES)).isZero();
  }

  @Test
  void removesAFileThatIsStillWrittenToSoonAfterAllOfItIsDone() throws IOException {
    SpoolStore store = open();
    addAndFlush(store, A, "a");
    settleAll(store, A);

    now = now.plus(Duration.ofSeconds(2));
    store.tick();

    assertThat(files()).isEmpty();
    addAndFlush(store, A, "b");
    assertThat(keys(store, A)).containsExactly("b");
  }

  @Test
  void leavesItsFilesToOthersWhenToldSo() throws IOException {
    settings = keeping();
    SpoolStore store = open();
    addAndFlush(store, A, "a");
    settleAll(store, A);
    store.close();
    assertThat(files()).hasSize(1);

    SpoolStore next = reopen();

    assertThat(next.backlog(A).isPending()).isFalse();
    assertThat(files()).hasSize(1);
    assertThat(stats.get(SpoolCounter.BYTES)).isZero();
  }

  @Test
  void findsAfterARestartWhatIsLeft() {
    SpoolStore store = open();
    addAndFlush(store, A, IntStream.range(0, 1500).mapToObj(i -> "k" + i).toArray(String[]::new));
    addAndFlush(store, B, "b");
    store.done(read(store, A), 0);
    store.close();

    SpoolStore next = reopen();

    assertThat(next.backlog(A).pending()).isEqualTo(1500 - 1024);
    assertThat(keys(next, A)).startsWith("k1024").endsWith("k1499");
    assertThat(keys(next, B)).containsExactly("b");
    assertThat(stats.get(SpoolCounter.PENDING)).isEqualTo(1500 - 1024 + 1);
  }

  @Test
  void findsAfterACrashWhatWasWritten() throws IOException {
    SpoolStore store = open();
    addAndFlush(store, A, "a", "b");
    Path copy = Files.createDirectory(directory.resolve("crashed"));
    copyTo(copy); // as the process would have left it without closing anything

    settings = SpoolSettings.in(copy);
    SpoolStore next = reopen();

    assertThat(keys(next, A)).containsExactly("a", "b");
  }

  @Test
  void skipsALineThatACrashHasTorn() throws IOException {
    SpoolStore store = open();
    addAndFlush(store, A, "a");
    store.close();
    append("[\"AS1.0\",1795210941.250,\"C\",[\"10.0.0.1\",11211,\"dele");

    SpoolStore next = reopen();

    assertThat(keys(next, A)).containsExactly("a");
    assertThat(stats.get(SpoolCounter.DROPPED_UNREADABLE)).isEqualTo(1);
    settleAll(next, A);
    assertThat(files()).isEmpty();
  }

  @Test
  void replaysWhatMcrouterHasLeft() throws IOException {
    Path hour = Files.createDirectory(directory.resolve("20261120T21-1795208400"));
    Files.writeString(
        hour.resolve("20261120T214221-1795210941-mcrouter-5000-t0-0x7f21e3c0"),
        "[\"AS1.0\",1795210940.754,\"C\",[\"10.0.0.1\",11211,\"delete one\\r"
            + "\\n"
            + "\"]]\n"
            + "[\"AS2.0\",1795210940.754,\"C\",{\"k\":\"two\",\"p\":\"A\",\"h\":\"[10.0.0.1]:11211\",\"f\":\"5000\"}]\n");

    SpoolStore store = open();

    assertThat(keys(store, A)).containsExactly("one", "two");
  }

  @Test
  void leavesAloneWhatItDoesNotUnderstand() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("lost+found"));
    Files.writeString(folder.resolve("notes"), "one\ntwo\n");
    Files.writeString(folder.resolve("draft"), "one");
    Files.writeString(directory.resolve("README"), "do not touch");

    open().close();
    assertThat(stats.get(SpoolCounter.DROPPED_UNREADABLE)).isEqualTo(3);
    reopen();

    assertThat(folder.resolve("notes")).hasContent("one\ntwo\n");
    assertThat(folder.resolve("draft")).hasContent("one");
    assertThat(directory.resolve("README")).hasContent("do not touch");
    assertThat(stats.get(SpoolCounter.DROPPED_UNREADABLE)).as("said once").isZero();
  }

  @Test
  void dropsWhatIsTooOldWhenItWouldBeSent() {
    SpoolStore store = open();
    addAndFlush(store, A, "old");
    now = now.plus(settings.age()).minusSeconds(1);
    addAndFlush(store, A, "new");
    now = now.plusSeconds(2);

    assertThat(keys(store, A)).containsExactly("new");
    settleAll(store, A);
    assertThat(stats.get(SpoolCounter.DROPPED_EXPIRED)).isEqualTo(1);
    assertThat(stats.get(SpoolCounter.REPLAYED)).isEqualTo(1);
    assertThat(stats.get(SpoolCounter.PENDING)).isZero();
  }

  @Test
  void dropsFilesOfServersThatNeverComeBack() throws IOException {
    SpoolStore store = open();
    addAndFlush(store, A, "a", "b");
    Batch sent = read(store, A);
    now = now.plus(settings.age()).plusSeconds(1);

    store.tick();

    assertThat(files()).isEmpty();
    assertThat(store.backlog(A).isPending()).isFalse();
    assertThat(stats.get(SpoolCounter.DROPPED_EXPIRED)).isEqualTo(2);
    store.done(sent, 0);
    assertThat(stats.get(SpoolCounter.PENDING)).isZero();
    assertThat(stats.get(SpoolCounter.REPLAYED)).isZero();
  }

  @Test
  void forgetsWhatAnotherReplayerHasTakenAway() throws IOException {
    SpoolStore store = open();
    addAndFlush(store, A, "a");
    Files.delete(directory.resolve(files().get(0)));

    assertThat(store.read(store.backlog(A))).isNull();

    assertThat(store.backlog(A).isPending()).isFalse();
    assertThat(stats.get(SpoolCounter.DROPPED_MISSING)).isEqualTo(1);
    addAndFlush(store, A, "b");
    assertThat(keys(store, A)).as("in a file that exists").containsExactly("b");
  }

  @Test
  void countsWhatTheServerWillNeverAccept() {
    SpoolStore store = open();
    addAndFlush(store, A, "a", "b", "c");

    store.done(read(store, A), 1);

    assertThat(stats.get(SpoolCounter.REPLAYED)).isEqualTo(2);
    assertThat(stats.get(SpoolCounter.DROPPED_REJECTED)).isEqualTo(1);
  }

  @Test
  void refusesMoreEntriesThanItMayHold() {
    settings = limited(settings.bytes(), 2);
    SpoolStore store = open();

    addAndFlush(store, A, "a", "b", "c");

    assertThat(spooled).isEqualTo(2);
    assertThat(refused).isEqualTo(1);
    assertThat(stats.get(SpoolCounter.REFUSED_FULL)).isEqualTo(1);
    settleAll(store, A);
    addAndFlush(store, A, "d");
    assertThat(spooled).isEqualTo(3);
  }

  @Test
  void refusesMoreBytesThanItMayHold() throws IOException {
    settings = limited(200, 1000);
    SpoolStore store = open();

    addAndFlush(store, A, "a", "b");
    addAndFlush(store, A, "c", "d");

    assertThat(Files.size(directory.resolve(files().get(0)))).isLessThanOrEqualTo(200);
    assertThat(spooled).isEqualTo(3);
    assertThat(refused).isEqualTo(1);
  }

  @Test
  void refusesAllWhileTheDirectoryCannotBeMade() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    settings = SpoolSettings.in(file.resolve("spool"));
    SpoolStore store = store();
    store.tick();

    addAndFlush(store, A, "a");

    assertThat(refused).isEqualTo(1);
    assertThat(stats.get(SpoolCounter.REFUSED_UNWRITABLE)).isEqualTo(1);
    Files.delete(file);
    store.tick();
    addAndFlush(store, A, "b");
    assertThat(spooled).isEqualTo(1);
  }

  @Test
  void refusesWhatItCannotWrite() throws IOException {
    SpoolStore store = open();
    Path inTheWay = directory.resolve("20261120T21-1795208400");
    Files.writeString(inTheWay, "");

    addAndFlush(store, A, "a", "b");

    assertThat(refused).isEqualTo(2);
    assertThat(stats.get(SpoolCounter.REFUSED_UNWRITABLE)).isEqualTo(2);
    assertThat(store.backlog(A).isPending()).isFalse();
    Files.delete(inTheWay);
    addAndFlush(store, A, "c");
    assertThat(spooled).isEqualTo(1);
  }

  @Test
  void sharesItsDirectoryWithNobody() throws IOException {
    SpoolStore first = open();
    SpoolStore second = store();

    second.tick();

    assertThat(second.isOpen()).isFalse();
    first.close();
    second.tick();
    assertThat(second.isOpen()).isTrue();
  }

  @Test
  void canForceEachDeleteToTheDisk() {
    settings = settings.with(Fsync.ALWAYS);
    SpoolStore store = open();

    addAndFlush(store, A, "a");

    assertThat(spooled).isEqualTo(1);
    assertThat(keys(store, A)).containsExactly("a");
  }

  private SpoolSettings keeping() {
    return new SpoolSettings(
        directory,
        1,
        Fsync.NEVER,
        settings.fsyncInterval(),
        settings.bytes(),
        settings.entries(),
        settings.age(),
        true);
  }

  private SpoolSettings limited(long bytes, int entries) {
    return new SpoolSettings(
        directory, 1, Fsync.NEVER, settings.fsyncInterval(), bytes, entries, settings.age(), false);
  }

  private SpoolStore open() {
    SpoolStore store = store();
    store.tick();
    assertThat(store.isOpen()).isTrue();
    return store;
  }

  private SpoolStore reopen() {
    stats = new SpoolStats();
    return open();
  }

  private SpoolStore store() {
    SpoolStore store = new SpoolStore(settings, () -> now, ZoneOffset.UTC, stats);
    opened.add(store);
    return store;
  }

  private void add(SpoolStore store, int loop, Address server, String key) {
    store.stage(
        loop, new SpooledDelete(now.toEpochMilli(), server, "pool", key.getBytes(UTF_8)), receipt);
  }

  private void addAndFlush(SpoolStore store, Address server, String... keys) {
    for (String key : keys) {
      add(store, 0, server, key);
    }
    store.flush();
  }

  private static Batch read(SpoolStore store, Address server) {
    return Objects.requireNonNull(store.read(store.backlog(server)));
  }

  private static List<String> keys(Batch batch) {
    return batch.keys().stream().map(key -> new String(key, UTF_8)).toList();
  }

  private static List<String> keys(SpoolStore store, Address server) {
    return keys(read(store, server));
  }

  private static void settleAll(SpoolStore store, Address server) {
    Backlog backlog = store.backlog(server);
    for (Batch batch = store.read(backlog); batch != null; batch = store.read(backlog)) {
      store.done(batch, 0);
    }
    assertThat(backlog.isPending()).isFalse();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> directory.relativize(path).toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(directory.resolve(files().get(0)), text, StandardOpenOption.APPEND);
  }

  private void copyTo(Path target) throws IOException {
    for (String name : files()) {
      Path copy = target.resolve(name);
      Files.createDirectories(parent(copy));
      Files.copy(directory.resolve(name), copy);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new UncheckedIOException(new IOException(path + " has no parent"));
    }
    return parent;
  }
}
