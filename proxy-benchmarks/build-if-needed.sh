# Sourced by compare and jmh with $here set: packages all modules, without their tests, when a source
# is newer than the last time. Sets $root.
root=$(dirname -- "$here")
stamp=$here/target/built
if [ ! -e "$stamp" ] ||
  [ -n "$(find "$root/pom.xml" "$root"/proxy-*/pom.xml "$root"/proxy-*/src -newer "$stamp" -print 2>/dev/null | head -n 1)" ]; then
  echo "building" >&2
  (cd "$root" && mvn -q -DskipTests package -pl proxy-server,proxy-benchmarks -am >&2)
  touch "$stamp"
fi
