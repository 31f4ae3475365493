// Runs one instance of the JS SDK. Its own thread, because the SDK expects a browser's globals, and because nothing but
// the end of its thread stops an SDK that keeps trying to reconnect.
import { parentPort } from 'node:worker_threads';
import { CbEvents, getSDK } from '@openim/client-sdk';
import { WebSocket } from 'ws';
import { withFiles } from './page/test-file.mjs';

globalThis.WebSocket = class extends WebSocket {
  constructor(url) {
    // A browser handles one frame per task, so that what awaits a reply runs before the next frame is looked at.
    super(url, { allowSynchronousEvents: false });
    // What a browser hands out by default is a Blob, which Node's package does not know; the SDK takes either.
    this.binaryType = 'arraybuffer';
  }
};

// Node has files but not a browser's way to read them.
globalThis.FileReader = class {
  readAsArrayBuffer(blob) {
    blob.arrayBuffer().then((result) => {
      this.result = result;
      this.onload?.({ target: this });
    }, (error) => this.onerror?.(error));
  }
};

for (const level of ['debug', 'log', 'info', 'warn', 'error', 'trace']) console[level] = () => {};

const sdk = getSDK();

for (const name of Object.values(CbEvents)) {
  sdk.on(name, ({ event, data, errCode, errMsg }) =>
    parentPort.postMessage({ kind: 'event', entry: { event, data, errCode, errMsg } }));
}

// A browser logs these and goes on.
process.on('unhandledRejection', (error) => {
  parentPort.postMessage({ kind: 'event', entry: { event: 'unhandled rejection', data: String(error?.stack ?? error) } });
});

parentPort.on('message', async ({ id, method, args }) => {
  try {
    const { data } = await sdk[method](...withFiles(args));
    parentPort.postMessage({ kind: 'reply', id, data: plain(data) });
  } catch (error) {
    parentPort.postMessage({ kind: 'reply', id, error: { errCode: error.errCode, errMsg: error.errMsg ?? String(error) } });
  }
});

parentPort.postMessage({ kind: 'ready' });

/** Results can hold functions of the SDK's own classes, which do not travel between threads. */
function plain(data) {
  return data === undefined ? undefined : JSON.parse(JSON.stringify(data));
}
