package io.fairlead.macro;

import static io.fairlead.macro.Expanding.assertExpands;
import static io.fairlead.macro.Expanding.assertRefused;
import static io.fairlead.macro.Expanding.expand;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonWriter;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions, parameters, calls and variables; in the tables ' stands for ". */
class MacroTest {
  private static final String MACROS =
      """
      {
        'word': {'type': 'macroDef', 'result': 'word'},
        'same': {'type': 'macroDef', 'params': ['a'], 'result': '%a%'},
        'both': {'type': 'macroDef', 'params': ['a', 'b'], 'result': '%a%-%b%'},
        'pool': {
          'type': 'macroDef', 'params': [{'name': 'n'}, {'name': 'hash', 'default': 'Ch3'}],
          'result': {'name': '%n%', 'hash': '%hash%', '%n%-key': [1, '%n%']}
        },
        'seven': {'type': 'macroDef', 'params': [{'name': 'n', 'default': 7}], 'result': '%n%'},
        'maybe': {
          'type': 'macroDef', 'params': [{'name': 'n', 'optional': true}], 'result': 'x'
        },
        'call': {'type': 'macroDef', 'params': ['name'], 'result': '@%name%'},
        'list': {'type': 'constDef', 'result': [1, 2]},
        'at': {'type': 'constDef', 'result': '\\\\@'},
        'derived': {'type': 'constDef', 'result': '%text%!'},
        'text': {'type': 'constDef', 'result': '@both(a,%default-route%)'}
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'plain'                                 | 'plain'
          ''                                      | ''
          {'a': [1, 2.5, true, null]}             | {'a':[1,2.5,true,null]}
          '@word'                                 | 'word'
          'no @word'                              | 'no @word'
          '@same(a)'                              | 'a'
          '@same()'                               | ''
          '@same(   )'                            | ''
          '@same(  a b  )'                        | 'a b'
          '@same(a\\\\ )'                         | 'a '
          '@same(  \\\\)  )'                      | ')'
          '@same(  \\\\   \\\\\\\\ \\\\   )'      | '   \\\\  '
          '@same(\\\\\\\\\\\\ )'                  | '\\\\ '
          '@same(a\\\\,b)'                        | 'a,b'
          '@same(a@b)'                            | 'a@b'
          '@both(a,)'                             | 'a-'
          '@both(,)'                              | '-'
          '@both( @word , @same(b) )'             | 'word-b'
          '@both(@both(a,b), @both(c,@same(d)))'  | 'a-b-c-d'
          '@both(x(y),z)'                         | 'x(y)-z'
          '@both(a,\\n   b)'                      | 'a-b'
          '@pool(A)'                  | {'name':'A','hash':'Ch3','A-key':[1,'A']}
          '@pool(A, Crc32)'           | {'name':'A','hash':'Crc32','A-key':[1,'A']}
          {'type':'pool','n':'A','other':1}       | {'name':'A','hash':'Ch3','A-key':[1,'A']}
          {'type':'same','a':{'b':[1]}}           | {'b':[1]}
          {'type':'same','a':'@same(%list%)'}     | [1,2]
          {'type':'%at%nothing','a':1}            | {'type':'@nothing','a':1}
          {'type':'PoolRoute','pool':'@same(A)'}  | {'type':'PoolRoute','pool':'A'}
          {'type':7}                              | {'type':7}
          {'@same(k)': '@same(v)'}                | {'k':'v'}
          {'a':1,'@same(a)':2}                    | {'a':2}
          '@seven'                                | 7
          '@seven(8)'                             | '8'
          '@seven(%list%)'                        | [1,2]
          '@maybe'                                | 'x'
          '@call(word)'                           | 'word'
          '@%default-route%'                      | !
          '%list%'                                | [1,2]
          '%text%'                                | 'a-/././'
          '%derived%'                             | 'a-/././!'
          '%default-route%'                       | '/././'
          '%escaped%'                             | '100%'
          'a%default-route%b%at%'                 | 'a/././b@'
          '\\\\%a\\\\%\\\\\\\\\\\\@'              | '%a%\\\\@'
          'end\\\\'                               | 'end'
          '\\\\@word'                             | '@word'
          '@w\\\\ord'                             | 'word'
          """)
  void expands(String value, String expected) {
    if (expected.equals("!")) {
      assertRefused("{'x': " + value + "}", "1:7: @/././ (expected: a macro that is defined)");
    } else {
      assertExpands(MACROS, value, expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'vars':{'a':'b'},'r':'%a%'}                            | {'r':'b'}
          {'vars':{'a':'%b%2','b':'%c%1','c':'x'},'r':'%a%'}      | {'r':'x12'}
          {'vars':{'a':1},'r':{'vars':{'a':2},'r':'%a%'},'s':'%a%'} | {'r':{'r':2},'s':1}
          {'vars':{'a':1},'r':{'vars':{'b':['%a%']},'r':'%b%'}}   | {'r':{'r':[1]}}
          {'vars':{'n':'A'},'type':'both','a':'%n%','b':'%n%'}    | 'A-A'
          {'vars':{'t':'both'},'type':'%t%','a':'1','b':'2'}      | '1-2'
          {'vars':{'default-route':'mine'},'r':'%default-route%'} | {'r':'mine'}
          """)
  void definesVariablesForOneObject(String value, String expected) {
    assertExpands(MACROS, value, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [{'a':{'type':'constDef','result':'A'}}, {'b':{'type':'constDef','result':'%a%b'}}]
          [[{'a':{'type':'constDef','result':'A'}}], {'%a%':{'type':'constDef','result':1}, 'b':{'type':'constDef','result':'%a%b'}}]
          [{'k':{'type':'macroDef','params':['v'],'result':{'%v%':{'type':'constDef','result':'Ab'}}}}, '@k(b)']
          {'b':{'type':'constDef','result':'x'},'@%default-route%\\\\b':0}
          """)
  void readsDefinitionsInTurn(String macros) {
    if (macros.endsWith("0}")) {
      assertRefused(
          "{'macros':" + macros + "}", "1:49: @/././b (expected: a macro that is defined)");
    } else {
      assertExpands(macros, "'%b%'", "'Ab'");
    }
  }

  @Test
  void aLaterDefinitionReplacesAnEarlierOne() {
    assertExpands(
        """
        [{'size': {'type':'macroDef','result':1}, 'default-route': {'type':'constDef','result':2}},
         {'size': {'type':'macroDef','result':3}}]
        """,
        "['@size', '%default-route%']",
        "[3,2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'x':'@foo(A)'}            | 1:6: @foo (expected: a macro that is defined)
          {'x':'PoolRoute:%x%'}    | 1:6: %x% (expected: a parameter or constant that is known here)
          {'x':'a%b'}                | 1:6: 'a%b' (expected: % behind the parameter, too; a percent sign is \\\\%)
          {'x':'@a(b'}               | 1:6: '@a(b' (expected: ) at the end of the call)
          {'x':'@a()b'}              | 1:6: '@a()b' (expected: ) at the end of the call)
          {'x':'@a(b(,c)'}           | 1:6: the arguments (b(,c) (expected: as many ) as ()
          {'x':'@a(b(1,2)c)'}        | 1:6: the arguments (b(1,2)c) (expected: , behind the call that is an argument)
          {'vars':7,'x':1}           | 1:9: vars: 7 (expected: an object)
          {'vars':{'a':'%a%'}}       | 1:14: %a% (expected: a value that does not need itself), in %a% at f.json:1
          {'vars':{'a':'%b%','b':'%a%'}} | 1:14: %a% (expected: a value that does not need itself), in %b% at f.json:1, in %a% at f.json:1
          {'vars':{'a':1},'r':{'vars':{'b':'%c%'}}} | 1:34: %c% (expected: a parameter or constant that is known here), in %b% at f.json:1
          {'vars':{'a':[1]},'x':'%a%b'}  | 1:23: %a%: [1] (expected: a string, as it is part of one)
          {'vars':{'a':1},'%a%':2}   | 1:17: the key 1 (expected: a string)
          {'vars':{'a':1},'x':'@%a%'} | 1:21: 1 (expected: the name of a macro)
          {'macros':7}               | 1:11: macros: 7 (expected: an object of definitions, or an array of such)
          {'macros':{'a':'b'}}       | 1:16: a: 'b' (expected: an object of type macroDef or constDef)
          {'macros':{'a':{'result':1}}} | 1:16: a: {'result':1} (expected: an object of type macroDef or constDef)
          {'macros':{'a':{'type':'x','result':1}}} | 1:24: a.type: 'x' (expected: macroDef or constDef)
          {'macros':{'a':{'type':'constDef'}}} | 1:16: a: {'type':'constDef'} (expected: a definition with a result)
          {'macros':{'a':{'type':'macroDef','params':'b','result':1}}} | 1:44: a.params: 'b' (expected: an array)
          {'macros':{'a':{'type':'macroDef','params':[1],'result':1}}} | 1:45: 1 (expected: a parameter: its name, or an object with a name)
          {'macros':{'a':{'type':'macroDef','params':[{'default':1}],'result':1}}} | 1:45: {'default':1} (expected: a parameter: its name, or an object with a name)
          {'macros':{'a':{'type':'macroDef','params':[{'name':'b','optional':1}],'result':1}}} | 1:68: 1 (expected: true or false)
          {'macros':{'a':{'type':'macroDef','params':[{'name':'b','default':1,'optional':false}],'result':1}}} | 1:45: {'name':'b','default':1,'optional':false} (expected: a parameter with a default to be optional)
          {'macros':{'a':{'type':'macroDef','params':[{'name':'b','optional':true},'c'],'result':1}}} | 1:88: @a: c must be given (expected: such parameters before those that may be left out)
          {'macros':{'a':{'type':'macroDef','params':['b','b'],'result':1}},'x':'@a(1,2)'} | 1:71: %b% twice in one place (expected: different names)
          {'macros':{'c':{'type':'constDef','result':'%c%'}},'x':'%c%'} | 1:44: %c% (expected: a value that does not need itself), in %c% at f.json:1
          """)
  void refusesWhatMeansNothing(String document, String expected) {
    assertRefused(document, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          '@both(1)'                 | @both: 1 argument (expected: 2: a,b)
          '@both(1,2,3)'             | @both: 3 arguments (expected: 2: a,b)
          '@pool'                    | @pool: 0 arguments (expected: 1-2: n,hash)
          '@word(1)'                 | @word: 1 argument (expected: none)
          {'type':'both','a':'1'}    | @both: b: not given (expected: the key in this object)
          """)
  void refusesWrongNumbersOfArguments(String value, String problem) {
    String document = "{'macros': " + MACROS.replace("\n", " ") + ", 'x':\n" + value + "}";
    assertRefused(document, "2:1: " + problem);
  }

  @Test
  void tellsTheWayToAMistakeInAMacro() {
    assertRefused(
        """
        {'macros': {
          'inner': {'type':'macroDef', 'params':['n'],
            'result': 'PoolRoute|%m%'},
          'outer': {'type':'macroDef', 'params':['n'],
            'result': {'children': [
              '@inner(%n%)']}}},
         'route': '@outer(A)'}
        """,
        "3:15: %m% (expected: a parameter or constant that is known here),"
            + " in @inner at f.json:6, in @outer at f.json:7");
  }

  @Test
  void endsAMacroThatCallsItself() {
    assertRefused(
        "{'macros':{'a':{'type':'macroDef','result':'@a'}},\n'x':'@a'}",
        "1:44: 250 calls and values inside each other (expected: a macro that comes to an end)"
            + ", in @a at f.json:1".repeat(3)
            + ", in 118 more"
            + ", in @a at f.json:1".repeat(2)
            + ", in @a at f.json:2");
  }

  @Test
  void hidesTheNamesOfTheCallerFromAMacro() {
    assertRefused(
        """
        {'macros': {'a': {'type':'macroDef', 'result': '%item%'}},
         'vars': {'item': 1}, 'x': '@a'}
        """,
        "1:48: %item% (expected: a parameter or constant that is known here), in @a at f.json:2");
  }

  @Test
  void keepsThePlaceWhereAValueWasWritten() {
    Json root =
        expand(
                """
                {"macros": {"a": {"type":"macroDef", "params":["n"],
                   "result": ["literal", "x%n%", "%n%", "%default-route%"]}},
                 "x": {"type":"a",
                   "n": "argument"}}
                """)
            .root();

    assertThat(((JsonArray) Objects.requireNonNull(((JsonObject) root).value("x"))).items())
        .extracting(item -> item.position().toString())
        .containsExactly("f.json:2:15", "f.json:2:26", "f.json:4:9", "f.json:2:41");
  }

  @Test
  void leavesADocumentAsItIsThatIsNoObject() {
    assertThat(JsonWriter.compact(expand("[1, \"\\\\@a\"]").root())).isEqualTo("[1,\"@a\"]");
  }

  @Test
  void tellsOfDuplicateKeys() {
    assertThat(expand("{\"a\":1,\"a\":2}").duplicates()).hasSize(1);
  }
}
