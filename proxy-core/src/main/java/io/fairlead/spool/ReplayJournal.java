package io.fairlead.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Remembers up to where in each file each server has been told everything: lines of file, server
 * and place, with tabs between them; the last one counts.
 *
 * <p>It is never forced to the disk. What is lost of it is replayed once more, which does no harm.
 */
final class ReplayJournal implements Closeable {
  /** Stands for all servers: the file stays, but is not read any more. */
  static final String EVERYONE = "*";

  /** Behind all that a file can hold. */
  static final long ITS_END = 999_999_999_999_999_999L;

  private static final String FILE = ".fairlead.replayed";
  private static final int COMPACT_AFTER = 50_000;

  private final Path path;
  private final Map<String, Map<String, Long>> places = new LinkedHashMap<>();
  private FileChannel channel;
  private int lines;

  private ReplayJournal(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens the journal of a spool and forgets what it says of files that are gone. */
  static ReplayJournal open(Path directory) throws IOException {
    Path path = directory.resolve(FILE);
    ReplayJournal journal = new ReplayJournal(path, append(path));
    journal.load();
    journal.places.keySet().removeIf(name -> !Files.exists(directory.resolve(name)));
    journal.compact();
    return journal;
  }

  private static FileChannel append(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void load() throws IOException {
    try (Stream<String> all = Files.lines(path, ISO_8859_1)) {
      all.forEach(this::load);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void load(String line) {
    String[] fields = utf8(line).split("\t", -1);
    if (fields.length == 3 && fields[2].matches("[0-9]{1,18}")) { // the last may be torn
      note(fields[0], fields[1], Long.parseLong(fields[2]));
    }
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(ISO_8859_1), UTF_8);
  }

  private void note(String file, String server, long place) {
    places.computeIfAbsent(file, f -> new LinkedHashMap<>()).put(server, place);
  }

  /** Up to where a server has been told. */
  long place(String file, String server) {
    return places.getOrDefault(file, Map.of()).getOrDefault(server, 0L);
  }

  void record(String file, String server, long place) throws IOException {
    note(file, server, place);
    write(List.of(line(file, server, place)));
    if (++lines > COMPACT_AFTER) {
      compact();
    }
  }

  void forget(String file) {
    places.remove(file);
  }

  private static String line(String file, String server, long place) {
    return file + '\t' + server + '\t' + place + '\n';
  }

  private void write(List<String> text) throws IOException {
    ByteBuffer bytes = UTF_8.encode(String.join("", text));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Writes it anew with what counts, so that a crash leaves the old one or the new one. */
  private void compact() throws IOException {
    channel.close();
    Path next = path.resolveSibling(FILE + ".new");
    Files.deleteIfExists(next);
    channel = append(next);
    List<String> text =
        places.entrySet().stream()
            .flatMap(
                file ->
                    file.getValue().entrySet().stream()
                        .map(each -> line(file.getKey(), each.getKey(), each.getValue())))
            .toList();
    write(text);
    Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    lines = 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
