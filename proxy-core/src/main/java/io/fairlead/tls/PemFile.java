package io.fairlead.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of keys or certificates: blocks of base64 between lines that say what they are. */
final class PemFile {
  /** Of which no chain of certificates has as many. */
  private static final int MOST_BYTES = 1 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s(.*?)-----END \\1-----", Pattern.DOTALL);

  private final Path path;
  private final List<Block> blocks;

  /**
   * @param label what it is, as {@code CERTIFICATE}
   * @param body base64, in lines
   */
  record Block(String label, String body) {
    /** Whether it takes a passphrase to read it. */
    boolean isEncrypted() {
      return label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
    }
  }

  private PemFile(Path path, List<Block> blocks) {
    this.path = path;
    this.blocks = blocks;
  }

  static PemFile read(Path path) throws IOException {
    String text = new String(contentOf(path), StandardCharsets.ISO_8859_1);
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return new PemFile(path, blocks);
  }

  private static byte[] contentOf(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(MOST_BYTES);
    } catch (NoSuchFileException e) {
      throw new TlsFileException(path, "a file that exists");
    } catch (AccessDeniedException e) {
      throw new TlsFileException(path, "a file that this process may read");
    } catch (IOException e) {
      throw new TlsFileException(path, "a file that can be read: " + e.getMessage());
    }
  }

  /** What a block that is not encrypted holds. */
  byte[] bytes(Block block) throws TlsFileException {
    try {
      return Base64.getMimeDecoder().decode(block.body());
    } catch (IllegalArgumentException e) {
      throw new TlsFileException(path, "base64 between the lines BEGIN and END");
    }
  }

  List<Block> blocks() {
    return blocks;
  }
}
