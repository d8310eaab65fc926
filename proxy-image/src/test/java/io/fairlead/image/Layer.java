package io.fairlead.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer of an image.
 *
 * @param packedBytes how much is fetched
 */
record Layer(long packedBytes, List<ImageFile> files) {
  private static final Pattern LINE =
      Pattern.compile("(\\S{10}) +(\\d+/\\d+) +(\\d+) \\S+ \\S+ (.*?)/?( -> .*)?");

  /** That in a tar which is packed with gzip. */
  static Layer of(Path tar) throws IOException, InterruptedException {
    List<String> command =
        List.of("tar", "-tvz", "--numeric-owner", "--warning=none", "-f", tar.toString());
    List<ImageFile> files =
        Ended.of(command).requireSuccess().output().lines().map(Layer::file).toList();
    return new Layer(Files.size(tar), files);
  }

  private static ImageFile file(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalStateException("tar printed: " + line);
    }
    return new ImageFile(
        matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3)), matcher.group(4));
  }
}
