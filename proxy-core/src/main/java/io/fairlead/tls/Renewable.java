package io.fairlead.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What TLS is spoken with, made anew when one of its files has changed. */
final class Renewable {
  private final List<Path> files;
  private final Maker maker;
  private volatile Material present;
  private List<FileStamp> stamps;

  /** Makes it of the files as they are. */
  @FunctionalInterface
  interface Maker {
    Material make() throws IOException;
  }

  Renewable(List<Path> files, Maker maker) throws IOException {
    this.files = files;
    this.maker = maker;
    this.stamps = stamps();
    this.present = maker.make();
  }

  private List<FileStamp> stamps() {
    return files.stream().map(FileStamp::of).toList();
  }

  List<Path> files() {
    return files;
  }

  Material present() {
    return present;
  }

  /**
   * Follows the files. What is being written piece by piece is not whole at first, so that a
   * failure is tried again the next time, whether something has changed since or not.
   *
   * @return whether there was a change
   * @throws IOException when the files are no good; then everything stays as it is
   */
  boolean renew() throws IOException {
    List<FileStamp> now = stamps();
    if (now.equals(stamps)) {
      return false;
    }
    present = maker.make();
    stamps = now;
    return true;
  }
}
