// Loads one wasm SDK, straight from its package, and lets the test call it. `?package=` is where the static server
// serves that package.
import { withFiles } from './test-file.mjs';

const root = `/${new URLSearchParams(location.search).get('package')}`;

await loadScript(`${root}/assets/wasm_exec.js`);
const { CbEvents, getSDK } = await import(`${root}/lib/index.es.js`);

const sdk = getSDK({
  coreWasmPath: `${root}/assets/openIM.wasm`,
  sqlWasmPath: `${root}/assets/sql-wasm.wasm`,
  debug: false,
});

let unreported = [];

for (const name of Object.values(CbEvents)) {
  sdk.on(name, ({ event, data, errCode, errMsg }) => {
    unreported.push({ event, data, errCode, errMsg });
    if (unreported.length === 1) setTimeout(report);
  });
}

// A burst of messages means a burst of events: they travel together.
function report() {
  window.reportEvents(unreported);
  unreported = [];
}

window.invokeSdk = async (method, args) => {
  try {
    const reply = await sdk[method](...withFiles(args));
    return { data: reply?.data };
  } catch (error) {
    return { error: { errCode: error?.errCode, errMsg: error?.errMsg ?? String(error) } };
  }
};

function loadScript(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}
