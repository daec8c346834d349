#!/usr/bin/env bash
# Builds the engine as Embedded Swift and links it with main.swift and shim.c into nabla.wasm,
# which needs nothing of its host but the functions of imports.txt.
#
#   build.sh [FOLDER]      the build folder, .build-embedded unless told
#
# OPTIMISATION, -O unless told, is handed to the compiler: -Onone halves the time and doubles the
# size.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${1:-$root/.build-embedded}
triple=wasm32-unknown-none-wasm
stack=$((1024 * 1024))
optimisation=${OPTIMISATION:--O}
embedded=(
  -enable-experimental-feature Embedded -wmo -Xfrontend -disable-stack-protector "$optimisation"
)

resources=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": *"\(.*\)".*/\1/p')
tools=$(cd "$resources/../../bin" && pwd)
unicode=$resources/embedded/$triple/libswiftUnicodeDataTables.a

cd "$root"
swift build --configuration release --target Nabla --triple "$triple" --scratch-path "$build" \
  "${embedded[@]/#/-Xswiftc=}"

products=$build/$triple/release
output=$build/link
rm -rf "$output"
mkdir -p "$output"

swiftc -target "$triple" "${embedded[@]}" -parse-as-library -swift-version 6 \
  -module-name NablaPage -I "$products/Modules" \
  -Xcc -fmodule-map-file="$products/NablaElementary.build/module.modulemap" \
  -c "$here/main.swift" -o "$output/main.o"
"$tools/clang" --target=wasm32-unknown-unknown -ffreestanding -fno-builtin -mbulk-memory -O2 \
  -Wall -Wextra -Werror -c "$here/shim.c" -o "$output/shim.o"

find "$products" -path '*.build/*' -name '*.o' | LC_ALL=C sort >"$output/objects"
"$tools/wasm-ld" --no-entry --stack-first -z stack-size="$stack" --gc-sections --strip-debug \
  --allow-undefined-file="$here/imports.txt" \
  "$output/main.o" "$output/shim.o" @"$output/objects" "$unicode" -o "$build/nabla.wasm"
printf 'nabla.wasm: %s bytes\n' "$(wc -c <"$build/nabla.wasm")"
