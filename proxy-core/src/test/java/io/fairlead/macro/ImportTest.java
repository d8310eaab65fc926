package io.fairlead.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.json.JsonException;
import io.fairlead.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the documents, $ stands for the folder and ' for ". */
class ImportTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    write("pools.json", "{ // the pools\n 'A': {'servers': '%list%', 'name': '@same(A)'}, }");
    write(
        "macros.json",
        "{'same': {'type':'macroDef', 'params':['a'], 'result':'%a%'},"
            + " 'list': {'type':'constDef', 'result': ['h:1']}}");
    write("sub/outer.json", "['@import(sub/inner.json)']");
    write("sub/inner.json", "'inner'");
    write("twice.json", "{'k':1, 'k':2}");
    write("broken.json", "{\n 'k': }");
    write("fails.json", "{\n 'k': '@nothing'}");
    write("cycle.json", "['@import(cycle2.json)']");
    write("cycle2.json", "['@import(cycle.json)']");
    write("cycle3.json", "['@import(cycle3.json, end)']");
  }

  @Test
  void expandsWhatItImports() {
    Expansion expansion =
        expand("{'macros': '@import(macros.json)', 'pools': '@import(pools.json)'}");

    assertExpanded(expansion, "{'pools':{'A':{'servers':['h:1'],'name':'A'}}}");
    assertThat(expansion.files())
        .extracting(ImportedFile::path)
        .containsExactly(folder.resolve("macros.json"), folder.resolve("pools.json"));
    assertThat(expansion.files().get(1).content())
        .asString(StandardCharsets.UTF_8)
        .startsWith("{ // the pools");
  }

  @Test
  void startsFromTheFolderOfTheMainFile() {
    assertExpanded(expand("{'x': '@import(sub/outer.json)'}"), "{'x':['inner']}");
    assertExpanded(expand("{'x': '@import(sub/../sub/inner.json)'}"), "{'x':'inner'}");
  }

  @Test
  void takesAPathWithAPrefixAsItIs() {
    assertExpanded(expand("{'x': '@import(file:$/sub/inner.json)'}"), "{'x':'inner'}");
    assertExpanded(expand("{'x': '@import($/sub/inner.json)'}"), "{'x':'inner'}");
  }

  @Test
  void readsAFileOnce() {
    Expansion expansion =
        expand("{'x': ['@import(sub/inner.json)', '@import(file:$/sub/inner.json)']}");

    assertExpanded(expansion, "{'x':['inner','inner']}");
    assertThat(expansion.files()).hasSize(1);
  }

  @Test
  void takesTheDefaultForWhatCannotBeUsed() {
    for (String file :
        new String[] {"none.json", "broken.json", "fails.json", "sub", "cycle.json"}) {
      assertExpanded(expand("{'x': '@import(" + file + ", @str(other))'}"), "{'x':'other'}");
    }
    assertExpanded(
        expand("{'x': {'type':'import', 'path':'none.json', 'default':[1]}}"), "{'x':[1]}");
    assertExpanded(expand("{'x': '@import(sub/inner.json, @fail(unused))'}"), "{'x':'inner'}");
    assertExpanded(expand("{'x': '@import(cycle3.json)'}"), "{'x':['end']}");
  }

  @Test
  void tellsOfDuplicateKeysInWhatItImports() {
    assertThat(expand("{'x': '@import(twice.json)'}").duplicates())
        .singleElement()
        .asString()
        .startsWith(folder.resolve("twice.json") + ":1:9: ");
  }

  @Test
  void keepsThePositionsOfTheImportedFile() {
    assertRefused(
        "{'x':\n '@import(broken.json)'}",
        "$/broken.json:2:7: the character } (expected: a value),"
            + " in @import(broken.json) at f.json:2");
    assertRefused(
        "{'x':\n '@import(fails.json)'}",
        "$/fails.json:2:7: @nothing (expected: a macro that is defined),"
            + " in @import(fails.json) at f.json:2");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertRefused(
        "{'x': '@import(none.json)'}",
        "f.json:1:7: @import: $/none.json (expected: a file that is there, or a default),"
            + " in @import(none.json) at f.json:1");
    assertRefused(
        "{'x': '@import(sub)'}",
        "f.json:1:7: @import: $/sub (expected: a file that can be read; Is a directory),"
            + " in @import(sub) at f.json:1");
    assertRefused(
        "{'x': '@import(a\\u0000)'}",
        "f.json:1:7: @import: path: 'a\\u0000' (expected: the path of a file)");
    assertRefused(
        "{'x': {'type':'import', 'path':1}}", "f.json:1:7: @import: path: 1 (expected: a string)");
  }

  @Test
  void refusesAFileWithoutEnd() {
    assertRefused(
        "{'x': '@import(/dev/zero)'}",
        "f.json:1:7: @import: /dev/zero (expected: a file of at most 16777216 bytes),"
            + " in @import(/dev/zero) at f.json:1");
  }

  @Test
  void refusesAFileThatImportsItself() {
    assertRefused(
        "{'x': '@import(cycle.json)'}",
        "$/cycle2.json:1:2: @import: $/cycle.json (expected: a file that does not import itself),"
            + " in @import(cycle.json) at $/cycle2.json:1,"
            + " in @import(cycle2.json) at $/cycle.json:1, in @import(cycle.json) at f.json:1");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content.replace('\'', '"'));
  }

  private Expansion expand(String document) {
    String text = document.replace('\'', '"').replace("$", folder.toString());
    return Expanding.expand(text, folder);
  }

  private static void assertExpanded(Expansion expansion, String expected) {
    assertThat(JsonWriter.compact(expansion.root())).isEqualTo(expected.replace('\'', '"'));
  }

  private void assertRefused(String document, String expected) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> expand(document))
        .withMessage(expected.replace('\'', '"').replace("$", folder.toString()));
  }
}
