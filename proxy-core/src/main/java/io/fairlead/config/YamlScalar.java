package io.fairlead.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Text and numbers as they stand in a file that is written. */
final class YamlScalar {
  private static final Pattern SAFE_WITHOUT_QUOTES =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./:-]*");
  private static final Resolver RESOLVER = new Resolver();

  private YamlScalar() {}

  /** The text, in quotes unless every YAML reader takes it for text without them. */
  static String text(String text) {
    boolean isSafe =
        SAFE_WITHOUT_QUOTES.matcher(text).matches()
            && !text.endsWith(":")
            && Tag.STR.equals(RESOLVER.resolve(NodeId.scalar, text, true));
    return isSafe ? text : QuotedText.quote(text);
  }

  /** The number without an exponent, and without a fraction where it has none. */
  static String decimal(double number) {
    BigDecimal decimal = BigDecimal.valueOf(number);
    boolean isWhole = decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
    return isWhole ? decimal.toBigInteger().toString() : decimal.toPlainString();
  }
}
