package io.fairlead.config;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IP addresses that begin with the same bits, written as {@code 10.0.0.0/8} or as one address.
 *
 * @param bits how many bits of {@code network} count; the others are zero
 */
public record AddressRange(InetAddress network, int bits) {
  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)(?:/([0-9]{1,3}))?");

  /** Refuses bits that do not count, as they show that something else was meant. */
  public AddressRange {
    byte[] address = network.getAddress();
    if (bits < 0 || bits > address.length * Byte.SIZE) {
      throw new IllegalArgumentException(network + "/" + bits);
    }
    for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
      if (bit(address, bit) != 0) {
        throw new IllegalArgumentException(network + "/" + bits);
      }
    }
  }

  /**
   * The range that {@code text} says.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AddressRange parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    InetAddress network = InetAddresses.forString(parts.group(1));
    String bits = parts.group(2);
    int all = network.getAddress().length * Byte.SIZE;
    return new AddressRange(network, bits == null ? all : Integer.parseInt(bits));
  }

  /** Whether the address is one of these. */
  public boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (bit(mine, bit) != bit(other, bit)) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] address, int bit) {
    return address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1;
  }

  @Override
  public String toString() {
    String text = InetAddresses.toAddrString(network);
    return bits == network.getAddress().length * Byte.SIZE ? text : text + "/" + bits;
  }
}
