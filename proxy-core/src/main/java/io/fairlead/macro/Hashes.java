package io.fairlead.macro;

import io.fairlead.hashing.Spooky;
import io.fairlead.json.Json;
import io.fairlead.json.JsonDouble;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Macros that draw by a hash, with the numbers that mcrouter has from folly. */
final class Hashes {
  private static final long FNV_64_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_64_PRIME = 0x100000001b3L;

  /** A weight may be this far below zero, as the result of a calculation. */
  private static final double LEAST_WEIGHT = -0.01;

  private static final double EPSILON = Math.ulp(1.0);
  private static final double TWO_TO_64 = 0x1p64;

  private Hashes() {}

  static void addTo(Library library) {
    library.add("hash", Hashes::hash, "value");
    library.add("weightedHash", Hashes::weightedHash, "dictionary", "key");
  }

  private static Json hash(Arguments arguments) {
    Json value = arguments.value("value");
    return arguments.integer(
        value instanceof JsonInteger integer ? mixed(integer.value()) : spooky(arguments, "value"));
  }

  /** One of the keys, which has the share of all draws that its value has of the sum. */
  private static Json weightedHash(Arguments arguments) {
    Collection<JsonMember> choices = arguments.object("dictionary").members();
    double sum = choices.stream().mapToDouble(choice -> weight(choice, arguments)).sum();
    if (sum < EPSILON) {
      throw arguments.refused("dictionary", "weights of which at least one is above 0");
    }
    long key = key(arguments);
    String chosen = "";
    double highest = -1;
    for (JsonMember choice : choices) {
      double score = score(fnv(choice.key()) + key, weight(choice, arguments) / sum);
      if (score > highest) {
        chosen = choice.key();
        highest = score;
      }
    }
    return arguments.string(chosen);
  }

  private static long key(Arguments arguments) {
    return arguments.value("key") instanceof JsonInteger integer
        ? integer.value()
        : spooky(arguments, "key");
  }

  private static double weight(JsonMember choice, Arguments arguments) {
    Json value = choice.value();
    double weight =
        value instanceof JsonDouble number
            ? number.value()
            : value instanceof JsonInteger integer ? integer.value() : Double.NaN;
    if (!(weight >= LEAST_WEIGHT)) {
      throw arguments.refused(choice.key(), value, "a weight, which is a number not below 0");
    }
    return Math.max(weight, 0);
  }

  private static double score(long hash, double share) {
    return share > EPSILON ? Math.pow(unsigned(mixed(hash)) / TWO_TO_64, 1 / share) : 0;
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }

  private static long spooky(Arguments arguments, String name) {
    if (!(arguments.value(name) instanceof JsonString string)) {
      throw arguments.refused(name, "an integer or a string");
    }
    byte[] bytes = string.text().getBytes(StandardCharsets.UTF_8);
    return new Spooky().hash64(bytes, 0, bytes.length, 0);
  }

  /** FNV-1 of 64 bits; bytes above 0x7f count as negative numbers. */
  private static long fnv(String text) {
    long hash = FNV_64_BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash * FNV_64_PRIME) ^ b;
    }
    return hash;
  }

  /** Thomas Wang's mix of 64 bits. */
  private static long mixed(long value) {
    long key = ~value + (value << 21);
    key ^= key >>> 24;
    key += (key << 3) + (key << 8);
    key ^= key >>> 14;
    key += (key << 2) + (key << 4);
    key ^= key >>> 28;
    return key + (key << 31);
  }
}
