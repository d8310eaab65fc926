package io.fairlead.config;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** A nutcracker.yml is read or refused, and what is read can be written as a file of our own. */
class NutcrackerFileFuzzTest {
  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/yaml.dict")
  void readOrRefused(byte[] content) {
    FuzzedFile.readOrRefused(content, Dialect.NUTCRACKER);
  }
}
