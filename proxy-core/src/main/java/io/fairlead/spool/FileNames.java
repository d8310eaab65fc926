package io.fairlead.spool;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The names that mcrouter gives its files, in the local time of the machine as there: {@code
 * YYYYMMDDTHH-<epoch of the hour>/YYYYMMDDTHHMMSS-<epoch>-<service>-<router>-t<thread>-<unique>}.
 */
final class FileNames {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
  private static final String SERVICE_AND_ROUTER = "fairlead-fairlead";
  private static final long HOUR_SECONDS = 3600;

  private final Path directory;
  private final ZoneId zone;

  FileNames(Path directory, ZoneId zone) {
    this.directory = directory;
    this.zone = zone;
  }

  /** A name that no other file has, where mcrouter has the address of an object in memory. */
  Path newFile(Instant now, int loop) {
    long seconds = now.getEpochSecond();
    long hour = seconds - seconds % HOUR_SECONDS;
    String unique = Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 16);
    return directory
        .resolve(HOUR.format(now.atZone(zone)) + "-" + hour)
        .resolve(
            SECOND.format(now.atZone(zone))
                + "-"
                + seconds
                + "-"
                + SERVICE_AND_ROUTER
                + "-t"
                + loop
                + "-0x"
                + unique);
  }
}
