import { chromiumPath } from '../../harness/chromium.mjs';

/**
 * The SDKs under test. A browser SDK lives in a page, the JS SDK in a worker thread of Node. Faults of an SDK itself, which
 * no server can help, are flags here, so that a scenario says where it goes around them. What none of them can do has no
 * scenario: to search (the two halves of the wasm SDKs count the parameters differently, so that nothing is ever found; the JS
 * SDK has no search), to delete for everybody, to hide all conversations (the method calls what is not there).
 *
 * @typedef {object} Sdk
 * @property {string} name
 * @property {'browser' | 'node'} runsIn
 * @property {string} package
 * @property {boolean} [forgetsSendsInFlight] When the connection breaks, a send that waits for its acknowledgement never
 *   settles and blocks the sends after it; only a new instance can send again.
 * @property {boolean} [takesOneLogin] After a refused login it keeps trying with the same token, and calls every other login
 *   a repeated one; only a new instance can log in again.
 * @property {boolean} [hidesPresenceChanges] A comparison is the wrong way round: the event comes for a state that was
 *   repeated, not for one that changed. What it knows is right.
 * @property {boolean} [cannotMuteGroups] Its two halves count the parameters of that call differently.
 * @property {boolean} [flattensCodes] Every refused HTTP call is a 10006 with the symbol of the server's code as its text.
 * @property {boolean} [stumblesOverUnsubscribing] It reads a member of the empty answer, when the server has done its part.
 * @property {boolean} [overlooksNewFriend] When its request was accepted it puts the function that would fetch the new friend
 *   into a list instead of calling it: the event for a new friend comes only to who accepted.
 * @property {boolean} [hidesHttpCodes] Whatever code an HTTP call fails with, it reports 10006; the text is the server's.
 * @property {boolean} [takesLinksForNotification] A text with links (117) is put where it puts notifications.
 * @property {boolean} [repeatsStart] A page forward begins with the message that it was to follow.
 * @property {boolean} [keepsDrafts] Not a fault of the one without: it has drafts, and hides conversations.
 * @property {boolean} [losesTotalUnread] It adds to a total that it keeps; the first message of a new conversation is left out.
 * @property {boolean} [ignoresOwnReads] What its user read on another device stays unread until it connects again.
 * @property {boolean} [pagesBlackList] Not a fault: its list of blocked users is asked for in pages.
 */

/** @type {Sdk} */
export const WASM_385 = { name: 'wasm-3.8.5', runsIn: 'browser', package: '@openim/wasm-client-sdk', cannotMuteGroups: true, keepsDrafts: true };

/** @type {Sdk} */
export const WASM_383 = {
  name: 'wasm-3.8.3',
  runsIn: 'browser',
  package: '@openim/wasm-client-sdk-3.8.3',
  hidesPresenceChanges: true,
  keepsDrafts: true,
};

/** @type {Sdk} */
export const JS = {
  name: 'js-0.0.14',
  runsIn: 'node',
  package: '@openim/client-sdk',
  forgetsSendsInFlight: true,
  takesOneLogin: true,
  flattensCodes: true,
  stumblesOverUnsubscribing: true,
  overlooksNewFriend: true,
  hidesHttpCodes: true,
  takesLinksForNotification: true,
  repeatsStart: true,
  losesTotalUnread: true,
  ignoresOwnReads: true,
  pagesBlackList: true,
};

export const ALL_SDKS = [WASM_385, WASM_383, JS];

/** Each SDK talks to each, itself included. */
export const ALL_PAIRS = ALL_SDKS.flatMap((first) => ALL_SDKS.map((second) => [first, second]));

/** Each SDK stands on each side of a mixed pair once; and a pair that needs no browser. */
export const SOME_PAIRS = [[WASM_385, WASM_383], [WASM_383, JS], [JS, WASM_385], [JS, JS]];

/** @param {Sdk[]} sdks */
export const canRun = (...sdks) => chromiumPath !== null || sdks.every((sdk) => sdk.runsIn === 'node');
