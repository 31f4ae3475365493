import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';

const CONTENT_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/**
 * Serves directories to the browser as they are, so that a page loads the very files of an npm package.
 *
 * @param {Record<string, string>} mounts First path segment -> directory.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveStatic(mounts) {
  const server = createServer((request, response) => {
    respond(mounts, request, response).catch((error) => response.destroy(error));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function respond(mounts, request, response) {
  const [, mount, ...rest] = decodeURIComponent(new URL(request.url, 'http://host').pathname).split('/');
  const directory = Object.hasOwn(mounts, mount) ? mounts[mount] : null;
  const file = directory && path.join(directory, ...rest);
  const found = file?.startsWith(directory + path.sep) ? await stat(file).catch(() => null) : null;
  if (!found?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    // The wasm SDKs ask with HEAD whether their copy in the browser's cache is still current.
    ETag: `"${found.size}-${found.mtimeMs}"`,
    'Cache-Control': 'max-age=3600',
  });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}
