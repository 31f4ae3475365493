// An object storage for tests: files in a directory of its own, on loopback, gone when its standard input ends.
// Prints "ready <port>".
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';
import { multipart } from './multipart.mjs';
import { signatures } from './signatures.mjs';

const directory = mkdtempSync(path.join(tmpdir(), 'dragoman-s3-'));
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  allowMismatchedSignatures: true, // its own check knows version 2 only
  configureBuckets: [{ name: 'dragoman', configs: [] }],
});
server.middleware.unshift(signatures({ accessKey: 'S3RVER', secretKey: 'S3RVER' }), multipart(directory));

function finish() {
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
}

process.stdin.on('end', finish).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, finish);

const { port } = await server.run();
console.log(`ready ${port}`);
