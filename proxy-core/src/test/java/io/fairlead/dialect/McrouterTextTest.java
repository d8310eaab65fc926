package io.fairlead.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McrouterTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pools\": {\"A\": {\"servers\": [\"a:1\"]}}, \"route\": \"PoolRoute|A\"}",
        "\uFEFF{\"route\": \"NullRoute\"}",
        "// a comment\n/* and\nanother { */ {\"route\": \"NullRoute\",}",
        "{\"routes\": [{\"aliases\": [\"/a/b/\"], \"route\": \"NullRoute\"}]}",
        "{\"routes\": {\"/a/b/\": \"NullRoute\", \"c/d\": \"NullRoute\"}}",
        "{\"route\": {\"type\": \"PoolRoute\", \"pool\": \"A\"}}",
        // with a mistake that is one of JSON
        "{\"pools\": {\"A\": {\"servers\": [\"a:1\" \"b:1\"]}}, \"route\": \"PoolRoute|A\"}",
        "{\"pools\": {}, \"route\": ",
        "{\"pools\": {}, # no comment here\n \"route\": \"NullRoute\"}",
      })
  void knowsMcroutersJson(String text) {
    assertThat(McrouterText.isOne(text.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[{\"route\": 1}]",
        "pools:\n  main: {servers: [a]}\n",
        "{pools: {main: {servers: [a]}}}",
        "{\"pools\": {\"main\": {\"servers\": [\"a:1\"]}}}",
        "{\"pools\": {\"route\": {\"servers\": [\"a:1\"]}}}",
        "{\"alpha\": {\"listen\": \"127.0.0.1:1\", \"servers\": [\"a:1:1\"]}}",
        "{\"route\": {\"listen\": \"127.0.0.1:1\", \"servers\": [\"a:1:1\"]}}",
        "{alpha: {listen: 127.0.0.1:1, servers: [a:1:1 \"route\"]}}",
        // of our own form, although mcrouter has the word too
        "{\"listeners\": [\"127.0.0.1:1\"], \"pools\": {}, \"routes\": {\"r\": {}}}",
        "{\"pools\": {}, \"routes\": {\"main\": {\"pool\": \"A\"}}}",
        "{\"listeners\": [x], \"routes\": {\"r\": {}}}",
        "# a comment of YAML\n{\"route\": \"NullRoute\"}",
      })
  void takesNothingElseForIt(String text) {
    assertThat(McrouterText.isOne(text.getBytes(UTF_8))).isFalse();
  }
}
