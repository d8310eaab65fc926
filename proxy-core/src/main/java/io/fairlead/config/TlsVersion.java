package io.fairlead.config;

/** The versions of TLS that are spoken; those before them are broken. */
public enum TlsVersion {
  V1_2("1.2"),
  V1_3("1.3");

  private final String number;

  TlsVersion(String number) {
    this.number = number;
  }

  /** As the standard calls it, {@code 1.3}. */
  public String number() {
    return number;
  }

  /** As Java calls it. */
  public String protocol() {
    return "TLSv" + number;
  }
}
