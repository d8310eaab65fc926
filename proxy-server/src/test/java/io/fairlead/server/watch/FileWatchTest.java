package io.fairlead.server.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, and a clock that only the test moves. */
class FileWatchTest {
  private static final FileWatch.Timing TIMING =
      new FileWatch.Timing(
          Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(1));

  @TempDir private Path folder;
  private Path main;
  private Path imported;
  private final List<String> read = new ArrayList<>();
  private long now;
  private FileWatch watch;

  @BeforeEach
  void start() throws IOException {
    main = write("main", "one");
    imported = write("imported", "first");
    watch = new FileWatch(readBoth(), TIMING, this::readAgain, now);
    pass(Duration.ofSeconds(5));
    assertThat(read).isEmpty();
  }

  private Path write(String name, String text) throws IOException {
    return stamped(Files.writeString(folder.resolve(name), text));
  }

  /** Two writes in one tick of the file system's clock look alike, and tests write fast. */
  private Path stamped(Path file) throws IOException {
    now += 1_000_000;
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1, now)));
  }

  private SeenFiles readBoth() throws IOException {
    SeenFiles files = new SeenFiles();
    files.content(main);
    files.open(imported).close();
    return files;
  }

  private SeenFiles readAgain() {
    SeenFiles files = new SeenFiles();
    String text;
    try {
      text = new String(files.content(main), UTF_8);
    } catch (RuntimeException e) {
      text = "gone";
    }
    try {
      files.open(imported).close();
    } catch (IOException e) {
      text += ", nothing to import";
    }
    read.add(text);
    return files;
  }

  /** Looks as often as the thread would. */
  private void pass(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      now += TIMING.period().toNanos();
      watch.look(now);
    }
  }

  @Test
  void readsAFileThatWasWrittenInPlaceOnceItRests() throws IOException {
    write("main", "two");
    pass(Duration.ofSeconds(1));
    assertThat(read).isEmpty();

    pass(Duration.ofMillis(200));
    assertThat(read).containsExactly("two");
    pass(Duration.ofMinutes(5));
    assertThat(read).hasSize(1);
  }

  @Test
  void waitsUntilNobodyWritesAnyMore() throws IOException {
    for (int i = 0; i < 20; i++) {
      write("main", "draft " + i);
      pass(Duration.ofMillis(500));
    }
    assertThat(read).isEmpty();

    pass(Duration.ofSeconds(2));
    assertThat(read).containsExactly("draft 19");
  }

  @Test
  void readsAFileThatWasReplacedByAnother() throws IOException {
    Files.move(write("main.new", "two"), main, StandardCopyOption.REPLACE_EXISTING);
    pass(Duration.ofSeconds(2));

    assertThat(read).containsExactly("two");
  }

  @Test
  void readsAgainWhenAnImportedFileChanges() throws IOException {
    write("imported", "second");
    pass(Duration.ofSeconds(2));

    assertThat(read).containsExactly("one");
  }

  @Test
  void followsTheLinksOfAConfigMap() throws IOException {
    Path first = Files.createDirectory(folder.resolve("..2026_1"));
    Path second = Files.createDirectory(folder.resolve("..2026_2"));
    stamped(Files.writeString(first.resolve("config.json"), "one"));
    stamped(Files.writeString(second.resolve("config.json"), "two"));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    main =
        Files.createSymbolicLink(
            folder.resolve("config.json"), data.getFileName().resolve("config.json"));
    watch = new FileWatch(readBoth(), TIMING, this::readAgain, now);

    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    pass(Duration.ofSeconds(2));

    assertThat(read).containsExactly("two");
  }

  @Test
  void aFileThatIsGoneForAMomentIsNoChange() throws IOException {
    Files.delete(main);
    pass(Duration.ofMillis(500));
    write("main", "one");
    pass(Duration.ofMinutes(2));

    assertThat(read).isEmpty();
  }

  @Test
  void noticesThatAFileIsGoneAndThatItIsBack() throws IOException {
    Files.delete(main);
    pass(Duration.ofMinutes(10));
    assertThat(read).containsExactly("gone");

    write("main", "one");
    pass(Duration.ofSeconds(2));
    assertThat(read).containsExactly("gone", "one");
  }

  @Test
  void noticesAFileThatWasMissed() throws IOException {
    Files.delete(imported);
    pass(Duration.ofSeconds(2));
    write("imported", "first");
    pass(Duration.ofSeconds(2));

    assertThat(read).containsExactly("one, nothing to import", "one");
  }

  @Test
  void readsAtOnceWhenAsked() throws Exception {
    try (FileWatch onDemand = FileWatch.onDemand(readBoth(), this::readAgain)) {
      write("main", "two");

      onDemand.readNow().get();
      onDemand.readNow().get();
    }
    assertThat(read).containsExactly("two", "two");
  }

  @Test
  void aNewDateAloneIsNoChange() throws IOException {
    stamped(main);
    pass(Duration.ofSeconds(5));

    assertThat(read).isEmpty();
  }

  @Test
  void aChangeBetweenReadingAndWatchingIsNoticed() throws IOException {
    SeenFiles seen = readBoth();
    write("main", "two");
    watch = new FileWatch(seen, TIMING, this::readAgain, now);
    pass(Duration.ofSeconds(2));

    assertThat(read).containsExactly("two");
  }

  @Test
  void contentsAreComparedNowAndThenWhateverTheStampsSay() throws IOException {
    SeenFiles seen = new SeenFiles(file -> new Stamp(Map.of()));
    seen.content(main);
    watch = new FileWatch(seen, TIMING, this::readAgain, now);
    write("main", "two");

    pass(Duration.ofSeconds(50));
    assertThat(read).isEmpty();
    pass(Duration.ofSeconds(11));
    assertThat(read).containsExactly("two");
  }
}
