import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { answer } from './signatures.mjs';

/**
 * What s3rver leaves out of multipart uploads: listing parts, aborting, and the refusals of uploads and parts that are not
 * there. It keeps the parts of an upload in a directory of its own, each beside its MD5.
 */
export function multipart(root) {
  return async (ctx, next) => {
    const { uploadId } = ctx.query;
    if (uploadId === undefined) return next();
    const directory = findUpload(root, uploadId);
    if (directory === null) return answer(ctx, 404, 'NoSuchUpload');
    if (ctx.method === 'GET') return list(ctx, directory);
    if (ctx.method === 'DELETE') return abort(ctx, directory);
    if (ctx.method === 'POST') return complete(ctx, next, directory);
    return next();
  };
}

function findUpload(root, uploadId) {
  if (!/^[0-9a-f]{32}$/.test(uploadId)) return null;
  const entry = readdirSync(root, { recursive: true }).find((name) => path.basename(name) === uploadId);
  return entry === undefined || !existsSync(path.join(root, entry, 'key')) ? null : path.join(root, entry);
}

function list(ctx, directory) {
  const parts = readdirSync(directory)
    .filter((name) => /^\d+$/.test(name) && existsSync(path.join(directory, `${name}.md5`)))
    .sort((a, b) => a - b)
    .map((name) => `<Part><PartNumber>${name}</PartNumber><ETag>&quot;${md5Of(directory, name)}&quot;</ETag>`
      + `<Size>${statSync(path.join(directory, name)).size}</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Part>`);
  ctx.type = 'application/xml';
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?><ListPartsResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`;
}

function abort(ctx, directory) {
  rmSync(directory, { recursive: true });
  ctx.status = 204;
}

async function complete(ctx, next, directory) {
  // Read here and played again: s3rver trusts what the client says that the parts are.
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const claims = [...body.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part]) => ({
    number: /<PartNumber>(\d+)</.exec(part)[1],
    md5: /<ETag>(.*?)</s.exec(part)[1].replace(/&quot;|"/g, ''),
  }));
  if (claims.some(({ number, md5 }) => md5Of(directory, number) !== md5)) return answer(ctx, 400, 'InvalidPart');
  const replay = Readable.from([Buffer.from(body)]);
  replay.headers = ctx.req.headers;
  replay.method = ctx.req.method;
  replay.url = ctx.req.url;
  replay.socket = ctx.req.socket;
  ctx.req = replay;
  ctx.request.req = replay;
  return next();
}

function md5Of(directory, number) {
  const file = path.join(directory, `${number}.md5`);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
