package io.fairlead.protocol;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** A line of a classic command, whatever is in it, is understood or refused, and stays a line. */
class ClassicRequestFuzzTest {
  private final ParsedLine parsed = new ParsedLine();

  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/requests.dict")
  void everyLine(byte[] stream) {
    parsed.check(stream, verb -> verb.form() != Verb.Form.META);
  }
}
