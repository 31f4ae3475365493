import { WASM_383, WASM_385 } from './sdks.mjs';

const ADVANCED_TEXT = 117;

const picture = (uuid) => ({ uuid, type: 'png', size: 68, width: 3, height: 2, url: `http://127.0.0.1/${uuid}.png` });

/**
 * One content of each kind that an SDK can make: how, and what the receiver has to see of it. Missing: 106, which needs a group;
 * 118, whose method in wasm-3.8.5 calls what its other half does not have. No member is empty, because the wasm SDKs leave
 * empty ones out.
 *
 * @typedef {object} Content
 * @property {string} name
 * @property {number} type The vendor's contentType.
 * @property {string} method
 * @property {string} elem The member of a message that holds it.
 * @property {(earlier: import('./client.mjs').Message) => any} args What the method is called with, given what was said before.
 * @property {object} [shows] What is in it at the other end; what the method is called with when absent.
 * @property {import('./sdks.mjs').Sdk[]} [by] The SDKs that can make it; all when absent.
 */

/** @type {Content[]} */
export const CONTENTS = [
  {
    name: 'a text', type: 101, method: 'createTextMessage', elem: 'textElem',
    args: () => 'hello, 你好 🙂 <b>&amp;', shows: { content: 'hello, 你好 🙂 <b>&amp;' },
  },
  {
    name: 'a picture', type: 102, method: 'createImageMessageByURL', elem: 'pictureElem',
    args: () => ({ sourcePath: '/tmp/a.png', sourcePicture: picture('source'), bigPicture: picture('big'), snapshotPicture: picture('small') }),
  },
  {
    name: 'a sound', type: 103, method: 'createSoundMessageByURL', elem: 'soundElem',
    args: () => ({ uuid: 's', soundPath: '/tmp/s.mp3', sourceUrl: 'http://127.0.0.1/s.mp3', dataSize: 12_345, duration: 7, soundType: 'mp3' }),
  },
  {
    name: 'a video', type: 104, method: 'createVideoMessageByURL', elem: 'videoElem',
    args: () => ({
      videoPath: '/tmp/v.mp4', videoUUID: 'v', videoUrl: 'http://127.0.0.1/v.mp4', videoType: 'mp4', videoSize: 5_000_000_000, duration: 61,
      snapshotPath: '/tmp/p.png', snapshotUUID: 'p', snapshotSize: 99, snapshotUrl: 'http://127.0.0.1/p.png', snapshotWidth: 320, snapshotHeight: 200,
    }),
  },
  {
    name: 'a file', type: 105, method: 'createFileMessageByURL', elem: 'fileElem',
    args: () => ({ filePath: '/tmp/f.pdf', uuid: 'f', sourceUrl: 'http://127.0.0.1/f.pdf', fileName: 'a "report".pdf', fileSize: 4_294_967_296, fileType: 'pdf' }),
  },
  {
    name: 'several messages as one', type: 107, method: 'createMergerMessage', elem: 'mergeElem',
    args: (earlier) => ({ title: 'what was said', messageList: [earlier], summaryList: ['she: hello', 'he: hi'] }),
    shows: { title: 'what was said', abstractList: ['she: hello', 'he: hi'] },
  },
  {
    name: 'a card', type: 108, method: 'createCardMessage', elem: 'cardElem',
    args: () => ({ userID: 'somebody', nickname: 'Some Body', faceURL: 'http://127.0.0.1/face.png', ex: '{"a":1}' }),
  },
  {
    name: 'a place', type: 109, method: 'createLocationMessage', elem: 'locationElem',
    args: () => ({ description: 'the north pole', longitude: -179.125, latitude: 89.5 }),
  },
  {
    name: 'what the app made up', type: 110, method: 'createCustomMessage', elem: 'customElem',
    args: () => ({ data: '{"kind":"poll","options":[1,2]}', description: 'a poll', extension: 'x' }),
  },
  {
    name: 'a quote', type: 114, method: 'createQuoteMessage', elem: 'quoteElem',
    args: (earlier) => ({ text: 'as you said', message: JSON.stringify(earlier) }), shows: { text: 'as you said' },
  },
  {
    name: 'a face', type: 115, method: 'createFaceMessage', elem: 'faceElem', args: () => ({ index: 7, data: 'smile' }),
  },
  {
    name: 'a text with links', type: ADVANCED_TEXT, method: 'createAdvancedTextMessage', elem: 'advancedTextElem', by: [WASM_385, WASM_383],
    args: () => ({ text: 'see here', messageEntityList: [{ type: 'url', offset: 4, length: 4, url: 'http://127.0.0.1/', ex: 'e' }] }),
  },
];

/** The contents that this SDK can make. */
export const contentsOf = (sdk) => CONTENTS.filter(({ by }) => !by || by.includes(sdk));

/** What an SDK shows of such a content. */
export function shownIn({ elem, type }, message, sdk) {
  return message[type === ADVANCED_TEXT && sdk.takesLinksForNotification ? 'notificationElem' : elem];
}
