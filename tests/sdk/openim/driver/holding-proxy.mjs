import { once } from 'node:events';
import { createServer, request } from 'node:http';

/**
 * Passes everything on to a server, but holds requests that `holds` says so until `release` lets them go. The server sees
 * the address of this proxy as the one that it was called by, so what it hands out leads through here too.
 *
 * @param {string} target For instance `http://127.0.0.1:5080`.
 * @param {{ holds: (url: string) => boolean, release: () => Promise<unknown>, sees?: (url: string, body: string) => void }} options
 */
export async function startHoldingProxy(target, { holds, release, sees }) {
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.method === 'POST' && holds(incoming.url)) await release();
    const { method, url } = incoming;
    const { 'accept-encoding': _, ...headers } = incoming.headers;
    const forwarded = request(new URL(url, target), { method, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode, reply.headers);
      const chunks = [];
      reply.on('data', (chunk) => chunks.push(chunk)).on('end', () => incoming.method === 'POST' && sees?.(url, Buffer.concat(chunks).toString()));
      reply.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
