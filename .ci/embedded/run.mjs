// Runs nabla.wasm as a page would: node run.mjs nabla.wasm
//
// Sends request.txt and compares the answer with expected.txt. The module may import the
// elementary functions of imports.txt, all of them and nothing else.

import { readFileSync } from 'node:fs';

const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8').trimEnd();

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** The error function: a series of positive terms near 0, a continued fraction for its tail. */
function erf(x) {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size > 6) return Math.sign(x);
  if (size < 1.5) {
    let term = x;
    let total = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
  }
  let tail = size;
  for (let n = 200; n > 0; n--) tail = size + n / 2 / tail;
  return Math.sign(x) * (1 - Math.exp(-size * size) / (Math.sqrt(Math.PI) * tail));
}

const known = [
  [0, 0], [0.1, 0.1124629160182849], [0.5, 0.5204998778130465], [-1, -0.8427007929497149],
  [2.5, 0.999593047982555], [3.5, 0.9999992569016276], [-7, -1],
];
for (const [x, value] of known) {
  if (Math.abs(erf(x) - value) > 4e-16) fail(`erf(${x}) = ${erf(x)}, expected ${value}`);
}

const permitted = read('imports.txt').split('\n');
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const imported = WebAssembly.Module.imports(module).map((entry) => `${entry.module}.${entry.name}`);
const difference = [
  ...imported.filter((name) => !permitted.some((other) => name === `env.${other}`))
    .map((name) => `imported but not permitted: ${name}`),
  ...permitted.filter((name) => !imported.includes(`env.${name}`))
    .map((name) => `permitted but not imported: ${name}`),
];
if (difference.length > 0) fail(difference.join('\n'));

const env = Object.fromEntries(permitted.map((name) => [name, Math[name] ?? { erf }[name]]));
const { exports } = new WebAssembly.Instance(module, { env });

function answer(request) {
  const bytes = new TextEncoder().encode(request);
  const place = exports.nabla_allocate(bytes.length);
  new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
  const block = exports.nabla_answer(place, bytes.length);
  const length = new DataView(exports.memory.buffer).getUint32(block, true);
  const text = new TextDecoder('utf-8', { fatal: true })
    .decode(new Uint8Array(exports.memory.buffer, block + 4, length));
  exports.nabla_release(block);
  exports.nabla_release(place);
  return text;
}

const request = read('request.txt');
// Hosts differ in the last digits of their functions, and so in the size of errors.
const masked = (text) => text.replace(/(\d·)?10⁻[⁰¹²³⁴-⁹]+/g, '…').split('\n');
const expected = masked(read('expected.txt'));
const lines = masked(answer(request));
for (let n = 0; n < Math.max(lines.length, expected.length); n++) {
  if (lines[n] !== expected[n]) {
    fail(`line ${n + 1} of the answer:\n  ${lines[n]}\nexpected:\n  ${expected[n]}`);
  }
}

const before = exports.memory.buffer.byteLength;
for (let n = 0; n < 200; n++) answer(request);
const after = exports.memory.buffer.byteLength;
if (after !== before) fail(`200 more answers took the memory from ${before} to ${after} bytes`);

console.log(`${imported.length} imports, as permitted; ${lines.length} lines, as expected; `
  + `${before / 65536} pages of memory`);
