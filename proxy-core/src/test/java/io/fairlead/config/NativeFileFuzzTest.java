package io.fairlead.config;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** A file of our own is read or refused, with its place for each thing that is wrong. */
class NativeFileFuzzTest {
  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/yaml.dict")
  void readOrRefused(byte[] content) {
    FuzzedFile.readOrRefused(content, Dialect.FAIRLEAD);
  }
}
