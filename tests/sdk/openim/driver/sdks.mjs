import { chromiumPath } from '../../harness/chromium.mjs';

/**
 * The SDKs under test. A browser SDK lives in a page, the JS SDK in a worker thread of Node.
 *
 * @typedef {object} Sdk
 * @property {string} name
 * @property {'browser' | 'node'} runsIn
 * @property {string} package
 * @property {boolean} forgetsSendsInFlight When the connection breaks, a send that waits for its acknowledgement never
 *   settles and blocks the sends after it; only a new instance can send again.
 */

/** @type {Sdk} */
export const WASM_385 = { name: 'wasm-3.8.5', runsIn: 'browser', package: '@openim/wasm-client-sdk', forgetsSendsInFlight: false };

/** @type {Sdk} */
export const WASM_383 = {
  name: 'wasm-3.8.3', runsIn: 'browser', package: '@openim/wasm-client-sdk-3.8.3', forgetsSendsInFlight: false,
};

/** @type {Sdk} */
export const JS = { name: 'js-0.0.14', runsIn: 'node', package: '@openim/client-sdk', forgetsSendsInFlight: true };

export const ALL_SDKS = [WASM_385, WASM_383, JS];

/** Each SDK talks to each, itself included. */
export const ALL_PAIRS = ALL_SDKS.flatMap((first) => ALL_SDKS.map((second) => [first, second]));

/** Each SDK stands on each side of a mixed pair once; and a pair that needs no browser. */
export const SOME_PAIRS = [[WASM_385, WASM_383], [WASM_383, JS], [JS, WASM_385], [JS, JS]];

/** @param {Sdk[]} sdks */
export const canRun = (...sdks) => chromiumPath !== null || sdks.every((sdk) => sdk.runsIn === 'node');
