package io.fairlead.dialect;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Which dialect a file is can be told of any bytes. */
class FileDialectFuzzTest {
  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/json.dict")
  void canBeTold(byte[] content) {
    McrouterText.isOne(content);
  }
}
