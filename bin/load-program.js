import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

const CHECKSUM_BYTES = 4;

/** V8 by itself takes the cache of any program of the same length, and runs whatever a damaged one says. */
function checksum(source, cache) {
  const bytes = Buffer.alloc(CHECKSUM_BYTES);
  bytes.writeUInt32BE(crc32(cache, crc32(source)));
  return bytes;
}

function readCache(file, source) {
  try {
    const content = readFileSync(file);
    const cache = content.subarray(CHECKSUM_BYTES);
    return content.subarray(0, CHECKSUM_BYTES).equals(checksum(source, cache)) ? cache : undefined;
  } catch {
    // There is none yet.
    return undefined;
  }
}

function writeCache(file, source, script) {
  const fresh = `${file}.${process.pid}`;
  try {
    const cache = script.createCachedData();
    writeFileSync(fresh, Buffer.concat([checksum(source, cache), cache]));
    renameSync(fresh, file);
  } catch {
    // Where nothing can be written, every run compiles what it needs.
  }
}

/**
 * What the CommonJS file `program` exports. The functions that runs of this kind need come compiled from V8's code cache
 * in the folder `code-cache` beside it; a run without a cache that fits leaves one when it ends well. V8's version, its
 * flags and the features of the processor are part of the cache's name. A program loaded so cannot `import()`.
 */
export function loadProgram(program, kind) {
  const source = readFileSync(program);
  const file = join(dirname(program), 'code-cache', `${kind}.${cachedDataVersionTag()}`);
  const cachedData = readCache(file, source);
  // esbuild writes ASCII, which takes a byte a character here and in V8.
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source.latin1Slice()}\n})`;
  const script = new Script(wrapped, { filename: program, cachedData });
  if (!cachedData || script.cachedDataRejected) {
    process.once('exit', (code) => {
      // Bad input ends before most of the program has run.
      if (code === 0 || code === 1) writeCache(file, source, script);
    });
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(program), module, program, dirname(program));
  return module.exports;
}
