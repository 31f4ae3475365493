/**
 * The SDKs under test. Each lives in a page of its own.
 *
 * @typedef {object} Sdk
 * @property {string} name
 * @property {string} package
 * @property {string} file The script of the package.
 * @property {string} variable What the script calls itself on its page.
 * @property {boolean} isSockJs Connects through SockJS; the others send frames as they are.
 * @property {boolean} [isOld] The 3.x line: listens with `listen`, and is told its app when it opens.
 */

/** @type {Sdk} */
export const AGORA_140 = { name: 'agora-chat 1.4.0', package: 'agora-chat', file: 'Agora-chat.js', variable: 'AgoraChat', isSockJs: false };

/** @type {Sdk} */
export const EASEMOB_4211 = { name: 'easemob-websdk 4.21.1', package: 'easemob-websdk', file: 'Easemob-chat.js', variable: 'WebIM', isSockJs: false };

/** @type {Sdk} */
export const AGORA_131 = { name: 'agora-chat 1.3.1', package: 'agora-chat-1.3.1', file: 'Agora-chat.js', variable: 'AgoraChat', isSockJs: true };

/** @type {Sdk} */
export const EASEMOB_363 = {
  name: 'easemob-websdk 3.6.3',
  package: 'easemob-websdk-3.6.3',
  file: 'Easemob-chat-3.6.3.js',
  variable: 'websdk',
  isSockJs: true,
  isOld: true,
};

export const ALL_SDKS = [AGORA_140, EASEMOB_4211, AGORA_131, EASEMOB_363];
