package io.fairlead.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page at {@code /}: one document that needs nothing else, put together from the files in the
 * folder {@code web}.
 *
 * @param html the document
 * @param policy what the browser may do with it: run its one script and its one style, and ask the
 *     proxy it came from
 */
record WebPage(String html, String policy) {
  /** Where a file is put into another. */
  private static final Pattern PART = Pattern.compile("/\\*\\{([a-z]+\\.[a-z]+)}\\*/");

  private static final Pattern SCRIPT = Pattern.compile("(?s)<script>(.*?)</script>");
  private static final Pattern STYLE = Pattern.compile("(?s)<style>(.*?)</style>");

  /** Puts it together; it is the same as long as the process lives. */
  static WebPage load() {
    String html = PART.matcher(read("page.html")).replaceAll(WebPage::part);
    return new WebPage(
        html,
        "default-src 'none'; script-src "
            + hash(SCRIPT, html)
            + "; style-src "
            + hash(STYLE, html)
            + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'");
  }

  private static String part(MatchResult place) {
    return Matcher.quoteReplacement(read(place.group(1)));
  }

  private static String read(String name) {
    try (InputStream file = WebPage.class.getResourceAsStream("web/" + name)) {
      if (file == null) {
        throw new IllegalStateException("not in the jar: web/" + name);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names the content of an element so that no other content passes for it. */
  private static String hash(Pattern element, String html) {
    Matcher found = element.matcher(html);
    if (!found.find()) {
      throw new IllegalStateException("not in the page: " + element);
    }
    return "'sha256-" + Base64.getEncoder().encodeToString(sha256(found.group(1))) + "'";
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
