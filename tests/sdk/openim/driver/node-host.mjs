import { Worker } from 'node:worker_threads';
import { withDeadline } from '../../harness/deadline.mjs';
import { SdkError } from './sdk-error.mjs';

/**
 * Starts an instance of the JS SDK in Node.
 *
 * @param {(entry: import('../../harness/event-log.mjs').LoggedEvent) => void} onEvent
 */
export async function startNodeHost(onEvent) {
  const worker = new Worker(new URL('./node-host.worker.mjs', import.meta.url));
  const waiting = new Map();
  let nextId = 0;

  const ready = new Promise((resolve, reject) => {
    worker.on('error', (error) => {
      reject(error);
      onEvent({ event: 'host error', data: String(error) });
    });
    worker.on('message', (message) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'event') onEvent(message.entry);
      else settle(message);
    });
  });

  function settle({ id, data, error }) {
    const { method, resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new SdkError(method, error));
    else resolve(data);
  }

  await withDeadline('the JS SDK loads', ready);
  return {
    invoke: (method, args) =>
      new Promise((resolve, reject) => {
        waiting.set(++nextId, { method, resolve, reject });
        worker.postMessage({ id: nextId, method, args });
      }),
    close: async () => {
      await worker.terminate();
      for (const { method, reject } of waiting.values()) reject(new Error(`${method}: the SDK was closed`));
    },
  };
}
