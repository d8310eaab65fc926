package io.fairlead.macro;

import static io.fairlead.macro.Expanding.assertExpands;
import static io.fairlead.macro.Expanding.assertRefused;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each built-in macro with good and bad arguments; in the tables ' stands for ". */
class BuiltInsTest {
  private static final String MACROS =
      """
      {
        'o': {'type': 'constDef', 'result': {'a': 1, 'b': 'x'}},
        'l': {'type': 'constDef', 'result': [10, 'x', [1]]},
        'd': {'type': 'constDef', 'result': 2.5},
        'i': {'type': 'constDef', 'result': 7},
        't': {'type': 'constDef', 'result': true},
        'f': {'type': 'constDef', 'result': false},
        'null': {'type': 'constDef', 'result': null}
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          '@if(%t%, yes, @fail(oops))'                               | 'yes'
          {'type':'if','condition':false,'is_true':'@fail(a)','is_false':[1]} | [1]
          ['@and(%t%,%t%)', '@and(%t%,%f%)', '@and(%f%,@fail(a))']   | [true,false,false]
          ['@or(%f%,%f%)', '@or(%f%,%t%)', '@or(%t%,@fail(a))']      | [false,true,true]
          ['@not(%t%)', '@not(%f%)']                                 | [false,true]
          ['@equals(a,a)', '@equals(a,b)', '@equals(7,%i%)']         | [true,false,false]
          ['@equals(%o%,%o%)', '@equals(%o%,%l%)', '@equals(%l%,%l%)'] | [true,false,true]
          {'type':'equals','A':{'a':1,'b':[2]},'B':{'b':[2.0],'a':1}} | true
          {'type':'equals','A':{'a':1,'b':2},'B':{'a':1,'c':2}}      | false
          {'type':'equals','A':{'a':1},'B':{'a':1,'c':2}}            | false
          {'type':'equals','A':null,'B':null}                        | true
          ['@less(a,b)', '@less(b,a)', '@less(a,a)', '@less(a,)']    | [true,false,false,false]
          ['@less(%d%,%i%)', '@less(%i%,a)', '@less(%t%,%i%)']       | [true,true,true]
          ['@less(%f%,%t%)', '@less(%l%,%t%)', '@less(%null%,%l%)']  | [true,true,true]
          {'type':'less','A':[1,2],'B':[1,3]}                        | true
          {'type':'less','A':[1,2],'B':[1]}                          | false
          {'type':'define','vars':{'v':1},'result':['%v%']}          | [1]
          '@define(a)'                                               | 'a'
          ['@defined(i)', '@defined(no)', '@defined(default-route)'] | [true,false,true]
          {'vars':{'no':1},'r':'@defined(no)'}                       | {'r':true}
          """)
  void decides(String value, String expected) {
    assertExpands(MACROS, value, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ['@isArray(%l%)', '@isArray(%o%)', '@isArray(a)']     | [true,false,false]
          ['@isBool(%t%)', '@isBool(true)']                     | [true,false]
          ['@isDouble(%d%)', '@isDouble(%i%)']                  | [true,false]
          ['@isInt(%i%)', '@isInt(7)', '@isInt(%d%)']           | [true,false,false]
          ['@isObject(%o%)', '@isObject(%l%)']                  | [true,false]
          ['@isString(7)', '@isString(%i%)']                    | [true,false]
          ['@isLocalIp(127.0.0.1)', '@isLocalIp(192.0.2.1)']    | [true,false]
          ['@isLocalIp(localhost)', '@isLocalIp()']             | [false,false]
          ['@int(5)', '@int( -1 )', '@int(+2)', '@int(%i%)']    | [5,-1,2,7]
          ['@int(%t%)', '@int(%f%)', '@int(@double(3))']        | [1,0,3]
          '@int(-9223372036854775808)'                          | -9223372036854775808
          ['@double(5.1)', '@double(-.5e1)', '@double(3.)']     | [5.1,-5.0,3.0]
          ['@double(%i%)', '@double(%d%)', '@double(%t%)']      | [7.0,2.5,1.0]
          ['@str(a)', '@str(%i%)', '@str(%d%)']                 | ['a','7','2.5']
          ['@str(@double(5))', '@str(@double(1e20))']           | ['5','100000000000000000000']
          ['@str(@double(1e22))', '@str(@double(-1.5e-7))']     | ['1E22','-1.5E-7']
          ['@str(@double(0.0001))', '@str(@double(0))']         | ['0.0001','0']
          ['@str(%t%)', '@str(%f%)']                            | ['1','0']
          ['@bool(true)', '@bool(Y)', '@bool(oN)', '@bool(001)'] | [true,true,true,true]
          ['@bool(false)', '@bool(n)', '@bool(off)', '@bool(0)'] | [false,false,false,false]
          ['@bool(%i%)', '@bool(@int(0))', '@bool(%d%)', '@bool(%t%)'] | [true,false,true,true]
          '@bool(@double(0))'                                   | false
          """)
  void asksForKindsAndChangesThem(String value, String expected) {
    assertExpands(MACROS, value, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          '@keys(%o%)'                                          | ['a','b']
          '@values(%o%)'                                        | [1,'x']
          ['@select(%o%,a)', '@select(%o%,c,d)', '@select(%o%,b,@fail(x))'] | [1,'d','x']
          ['@select(%l%,@int(0))', '@select(%l%,@int(-1))']     | [10,[1]]
          ['@select(%l%,@int(3),none)', '@select(%l%,@int(-4),none)'] | ['none','none']
          '@set(%o%,a,c)'                                       | {'a':'c','b':'x'}
          '@set(%o%,c,%i%)'                                     | {'a':1,'b':'x','c':7}
          '@set(%l%,@int(1),y)'                                 | [10,'y',[1]]
          ['@contains(%o%,a)', '@contains(%o%,c)']              | [true,false]
          ['@contains(%l%,x)', '@contains(%l%,@int(10))', '@contains(%l%,10)'] | [true,true,false]
          ['@contains(abacaba,aca)', '@contains(abacaba,ada)', '@contains(a,)'] | [true,false,true]
          ['@size(%o%)', '@size(%l%)', '@size(abc)', '@size(é😀)'] | [2,3,3,2]
          ['@empty()', '@empty(a)', '@empty(%l%)']              | [true,false,false]
          {'type':'empty','dictionary':{}}                      | true
          """)
  void looksIntoDictionaries(String value, String expected) {
    assertExpands(MACROS, value, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'type':'merge','params':[[1],[],'%l%']}              | [1,10,'x',[1]]
          {'type':'merge','params':['%o%',{'c':2},{'a':3}]}     | {'a':3,'b':'x','c':2}
          {'type':'merge','params':['a','@str(%i%)','c']}       | 'a7c'
          {'type':'merge','params':[[]]}                        | []
          '@slice(abcd,@int(2),@int(3))'                        | 'cd'
          ['@slice(abcd,@int(0),@int(-1))', '@slice(abcd,@int(-10),@int(10000))'] | ['','abcd']
          ['@slice(a😀b,@int(1),@int(1))', '@slice(ab,@int(7),@int(9))'] | ['😀','']
          '@slice(%l%,@int(1),@int(9223372036854775807))'       | ['x',[1]]
          {'type':'slice','dictionary':['a','b','c','d'],'from':'@int(1)','to':2} | ['b','c']
          {'type':'slice','dictionary':{'a':1,'b':2,'c':3,'bb':4},'from':'b','to':'bz'} | {'b':2,'bb':4}
          '@range( @int(-1), @int(3) )'                         | [-1,0,1,2,3]
          '@range(@int(1),@int(0))'                             | []
          '@split(a.b.c.,.)'                                    | ['a','b','c','']
          ['@split(,)', '@split(abacaba,)', '@split(a, b)']     | [[''],['abacaba'],['a']]
          '@split(abbabbabb,b)'                                 | ['a','','a','','a','','']
          '@split(abbabbabb,bb)'                                | ['a','a','a','']
          {'type':'sort','dictionary':[2,1,5,3,10]}             | [1,2,3,5,10]
          {'type':'sort','dictionary':['2','99',10,99,2.5,true,null,[]]} | [null,[],true,2.5,10,99,'2','99']
          {'type':'sort','dictionary':['～','😀','a']}         | ['a','～','😀']
          {'type':'sort','dictionary':[{'a':1}]}                | [{'a':1}]
          {'type':'shuffle','dictionary':[1]}                   | [1]
          {'type':'size','dictionary':{'type':'shuffle','dictionary':'%l%'}} | 3
          {'type':'shuffle','dictionary':[0,1,2,3,4],'seed':42} | [2,4,3,1,0]
          """)
  void makesLists(String value, String expected) {
    assertExpands(MACROS, value, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ['@add(%i%,%i%)', '@sub(%i%,@int(8))', '@mul(%i%,%i%)']        | [14,-1,49]
          ['@div(%i%,@int(3))', '@div(@int(-7),@int(3))']                | [2,-2]
          ['@mod(%i%,@int(3))', '@mod(@int(-7),@int(3))']                | [1,-1]
          '@add(@int(9223372036854775807),@int(1))'                      | -9223372036854775808
          ['@bitwiseAnd(%i%,@int(2))', '@bitwiseOr(%i%,@int(8))']        | [2,15]
          ['@bitwiseXor(%i%,@int(2))', '@bitwiseNot(%i%)']               | [5,-8]
          ['@bitwiseLeftShift(%i%,@int(2))', '@bitwiseRightShift(%i%,@int(1))'] | [28,3]
          '@bitwiseRightShift(@int(-1),@int(60))'                        | 15
          ['@hash(abcd)', '@hash(@int(2313))']                           | [6660178300034425268,-4996987850411076878]
          """)
  void calculates(String value, String expected) {
    assertExpands(MACROS, value, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'type':'transform','dictionary':['a','b'],'itemTransform':'%item%-@x'} | ['a-@x','b-@x']
          {'type':'transform','dictionary':['a','b'],'itemTransform':['%key%']}   | [[0],[1]]
          {'type':'transform','dictionary':{'a':'1','b':'2'},'keyTransform':'%key%k','itemTransform':'%item%%key%'} | {'ak':'1a','bk':'2b'}
          {'type':'transform','dictionary':{'a':['1','2'],'b':[],'c':['3']},'keyTransform':'%item%','itemTransform':'%key%'} | {'1':'a','2':'a','3':'c'}
          {'type':'transform','dictionary':{'a':1}}                               | {'a':1}
          {'type':'transform','dictionary':[]}                                    | []
          {'type':'transform','dictionary':{'a':[1,2]},'itemName':'list','keyName':'k','itemTransform':{'type':'transform','dictionary':'%list%','itemTransform':['%k%','%item%']}} | {'a':[['a',1],['a',2]]}
          {'type':'transform','dictionary':{'\\\\@':'\\\\\\\\'},'keyTransform':'%key%\\\\@','itemTransform':'\\\\%%item%'} | {'@@':'%\\\\'}
          {'type':'process','initialValue':'@int(0)','dictionary':[1,2,3],'transform':'@add(%value%,@mul(%item%,%key%))'} | 8
          {'type':'process','initialValue':'','dictionary':{'a':'b','c':'d'},'keyName':'k','itemName':'i','valueName':'v','transform':'%v%%k%=%i%;'} | 'a=b;c=d;'
          {'type':'process','initialValue':'x','dictionary':[],'transform':'@fail(a)'} | 'x'
          {'type':'foreach','from':['a','b'],'use':['%item%1']}                   | ['a1','b1']
          {'type':'foreach','from':['a','b'],'top':1}                             | ['a']
          {'type':'foreach','from':['a','b'],'top':'@int(0)'}                     | []
          {'type':'foreach','from':{},'top':1}                                    | {}
          {'type':'foreach','from':[1,2],'where':'@less(@int(1),%item%)','use':{'@str(%key%)':'%item%'}} | {'1':2}
          {'type':'foreach','from':[1,2,3,4,5,6],'where':'@equals(@mod(%item%,@int(2)),@int(0))','top':2,'use':['%item%','%item%']} | [2,2,4,4]
          {'type':'foreach','from':{'a':'b','d':'c','z':'\\\\@a'},'key':'k','item':'v','where':'@less(%v%,%k%)'} | {'d':'c','z':'@a'}
          {'type':'foreach','from':{'a':'b'},'use':['%key%%item%']}               | ['ab']
          {'type':'foreach','from':{},'use':[],'noMatchResult':'@str(none)'}      | 'none'
          {'type':'foreach','from':{'a':1},'use':[],'noMatchResult':'@fail(a)'}   | []
          {'type':'foreach','from':[],'use':{}}                                   | []
          {'type':'foreach','from':{'type':'foreach','from':[1,2],'use':['%item%','%item%']},'vars':{'x':'y'},'use':['%x%']} | ['y','y','y','y']
          """)
  void loops(String value, String expected) {
    assertExpands(MACROS, value, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          '@if(true,a,b)'              | @if: condition: 'true' (expected: a boolean)
          '@if(%t%,a)'                 | @if: 2 arguments (expected: 3: condition,is_true,is_false)
          '@and(%t%,1)'                | @and: B: '1' (expected: a boolean)
          '@or(a,%t%)'                 | @or: A: 'a' (expected: a boolean)
          '@not(%i%)'                  | @not: A: 7 (expected: a boolean)
          '@less(%o%,a)'               | @less: A: {'a':1,'b':'x'} (expected: a value that has an order, which objects have not)
          '@defined(%i%)'              | @defined: name: 7 (expected: a string)
          '@fail(Wrong, sir)'          | @fail: 2 arguments (expected: 1: msg)
          '@fail(Wrong\\\\, sir)'      | @fail: Wrong, sir
          '@fail(%l%)'                 | @fail: [10,'x',[1]]
          '@isLocalIp(%i%)'            | @isLocalIp: ip: 7 (expected: a string)
          '@int(a)'                    | @int: value: 'a' (expected: an integer)
          '@int()'                     | @int: value: '' (expected: an integer)
          '@int(9223372036854775808)'  | @int: value: '9223372036854775808' (expected: an integer)
          '@int(%d%)'                  | @int: value: 2.5 (expected: an integer)
          '@int(%l%)'                  | @int: value: [10,'x',[1]] (expected: an integer)
          '@double(1d)'                | @double: value: '1d' (expected: a number)
          '@double(1e999)'             | @double: value: '1e999' (expected: a number)
          '@double(%l%)'               | @double: value: [10,'x',[1]] (expected: a number)
          '@double(@int(9007199254740993))' | @double: value: 9007199254740993 (expected: a number)
          '@str(%null%)'               | @str: value: null (expected: a string)
          '@bool(maybe)'               | @bool: value: 'maybe' (expected: a boolean)
          '@bool(2)'                   | @bool: value: '2' (expected: a boolean)
          '@bool(%l%)'                 | @bool: value: [10,'x',[1]] (expected: a boolean)
          '@keys(%l%)'                 | @keys: dictionary: [10,'x',[1]] (expected: an object)
          '@values(a)'                 | @values: dictionary: 'a' (expected: an object)
          '@select(%o%,c)'             | @select: key: 'c' (expected: one that is in the dictionary, or a default)
          '@select(%o%,%i%)'           | @select: key: 7 (expected: a string)
          '@select(%l%,@int(3))'       | @select: key: 3 (expected: one that is in the dictionary, or a default)
          '@select(%l%,1)'             | @select: key: '1' (expected: an integer)
          '@select(a,1)'               | @select: dictionary: 'a' (expected: an object or an array)
          '@select(%o%,c,@fail(no))'   | @fail: no
          '@set(%l%,@int(3),a)'        | @set: key: 3 (expected: an index below 3)
          '@set(%l%,@int(-1),a)'       | @set: key: -1 (expected: an index below 3)
          '@set(a,b,c)'                | @set: dictionary: 'a' (expected: an object or an array)
          '@contains(%o%,%i%)'         | @contains: key: 7 (expected: a string)
          '@contains(a,%i%)'           | @contains: key: 7 (expected: a string)
          '@contains(%i%,a)'           | @contains: dictionary: 7 (expected: an object, an array or a string)
          '@size(%i%)'                 | @size: dictionary: 7 (expected: an object, an array or a string)
          '@empty(%null%)'             | @empty: dictionary: null (expected: an object, an array or a string)
          {'type':'merge','params':[]} | @merge: params: [] (expected: at least one value)
          {'type':'merge','params':[1]} | @merge: params: 1 (expected: an array or an object)
          {'type':'merge','params':[[],{}]} | @merge: params: {} (expected: an array, as before)
          {'type':'merge','params':[{},[]]} | @merge: params: [] (expected: an object, as before)
          {'type':'merge','params':['a',1]} | @merge: params: 1 (expected: a string, as before)
          '@merge(a)'                  | @merge: params: 'a' (expected: an array)
          '@slice(abc,1,2)'            | @slice: from: '1' (expected: an integer)
          '@slice(%o%,a,%i%)'          | @slice: to: 7 (expected: a string)
          '@slice(%i%,a,b)'            | @slice: dictionary: 7 (expected: a string)
          '@range(1,2)'                | @range: from: '1' (expected: an integer)
          '@split(%i%,a)'              | @split: dictionary: 7 (expected: a string)
          '@split(a,%i%)'              | @split: delim: 7 (expected: a string)
          '@sort(a)'                   | @sort: dictionary: 'a' (expected: an array)
          '@shuffle(%o%)'              | @shuffle: dictionary: {'a':1,'b':'x'} (expected: an array)
          '@shuffle(%l%,1)'            | @shuffle: seed: '1' (expected: an integer)
          '@shuffle(%l%,@int(-1))'     | @shuffle: seed: -1 (expected: an integer that is not negative)
          '@add(1,%i%)'                | @add: A: '1' (expected: an integer)
          '@mul(%i%,%d%)'              | @mul: B: 2.5 (expected: an integer)
          '@div(%i%,@int(0))'          | @div: B: 0 (expected: an integer that is not 0)
          '@mod(%i%,@int(0))'          | @mod: B: 0 (expected: an integer that is not 0)
          '@bitwiseNot(a)'             | @bitwiseNot: A: 'a' (expected: an integer)
          '@hash(%d%)'                 | @hash: value: 2.5 (expected: an integer or a string)
          '@weightedHash(%l%,a)'       | @weightedHash: dictionary: [10,'x',[1]] (expected: an object)
          '@weightedHash(%o%,a)'       | @weightedHash: b: 'x' (expected: a weight, which is a number not below 0)
          {'type':'weightedHash','dictionary':{'a':-1},'key':1} | @weightedHash: a: -1 (expected: a weight, which is a number not below 0)
          {'type':'weightedHash','dictionary':{'a':0},'key':1} | @weightedHash: dictionary: {'a':0} (expected: weights of which at least one is above 0)
          {'type':'weightedHash','dictionary':{},'key':1} | @weightedHash: dictionary: {} (expected: weights of which at least one is above 0)
          {'type':'weightedHash','dictionary':{'a':1},'key':[]} | @weightedHash: key: [] (expected: an integer or a string)
          '@foreach(%l%)'              | @foreach (expected: an object of this type)
          {'type':'transform','dictionary':'a'} | @transform: dictionary: 'a' (expected: an object or an array)
          {'type':'transform','itemTransform':1} | @transform: dictionary: not given (expected: the key in this object)
          {'type':'transform','dictionary':[1]} | @transform: itemTransform: not given (expected: the key, for an array)
          {'type':'transform','dictionary':{'a':1},'keyTransform':'%item%'} | @transform: keyTransform: 1 (expected: a string, or an array of strings)
          {'type':'transform','dictionary':{'a':1},'keyName':1} | @transform: keyName: 1 (expected: a string)
          {'type':'transform','dictionary':[1],'itemTransform':1,'keyName':'item'} | %item% twice in one place (expected: different names)
          {'type':'process','dictionary':[1],'transform':1} | @process: initialValue: not given (expected: the key in this object)
          {'type':'process','dictionary':[1],'initialValue':1} | @process: transform: not given (expected: the key in this object)
          {'type':'foreach','from':1}  | @foreach: from: 1 (expected: an object or an array)
          {'type':'foreach','from':[1],'where':1} | @foreach: where: 1 (expected: a boolean)
          {'type':'foreach','from':[1],'use':1} | @foreach: use: 1 (expected: an array or an object)
          {'type':'foreach','from':[1],'top':-1} | @foreach: top: -1 (expected: an integer that is not negative)
          {'type':'foreach','from':[1,2],'use':{'type':'if','condition':'@equals(%key%,@int(0))','is_true':[],'is_false':{}}} | @foreach: use: {} (expected: an array, as before)
          """)
  void refusesOtherArguments(String value, String problem) {
    assertRefused(document(value), "2:1: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'type':'sort','dictionary':[{'a':1},{}]} | 2:38: {} (expected: a value that has an order)
          {'type':'transform','dictionary':['a'],'itemTransform':'%x%'} | 2:56: %x% (expected: a parameter or constant that is known here), in @transform for 0 at f.json:2
          {'type':'foreach','from':{'k':1},'use':'@fail(no)'} | 2:40: @fail: no, in @foreach for 'k' at f.json:2
          {'type':'transform','itemName':'other','itemTransform':'%item%','dictionary':{'a':1}} | 2:56: %item% (expected: a parameter or constant that is known here), in @transform for 'a' at f.json:2
          """)
  void tellsThePlaceOfAMistakeInside(String value, String expected) {
    assertRefused(document(value), expected);
  }

  private static String document(String value) {
    return "{'macros': " + MACROS.replace("\n", " ") + ", 'x':\n" + value + "}";
  }
}
