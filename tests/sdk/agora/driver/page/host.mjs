// Runs in the page: one connection of the SDK, driven from outside.

const query = new URLSearchParams(location.search);
const isOld = query.get('old') === 'true';
const candidates = [query.get('variable'), 'AgoraChat', 'WebIM', 'websdk', 'ChatSDK'];
const loaded = candidates.map((name) => window[name]).find(Boolean);
const sdk = loaded?.default ?? loaded;

const EVENTS = [
  'onConnected', 'onDisconnected', 'onOpened', 'onClosed', 'onReconnecting', 'onError', 'onTokenWillExpire', 'onTokenExpired',
  'onOfflineMessageSyncStart', 'onOfflineMessageSyncFinish',
  'onTextMessage', 'onImageMessage', 'onAudioMessage', 'onVideoMessage', 'onFileMessage', 'onLocationMessage', 'onCmdMessage', 'onCustomMessage',
  'onGroupEvent', 'onChatroomEvent', 'onGroupChange', 'onPresence',
  'onContactInvited', 'onContactAgreed', 'onContactAdded', 'onContactRefuse', 'onContactDeleted',
  'onPresenceStatusChange', 'onMultiDeviceEvent', 'onChatThreadChange',
  'onRecallMessage', 'onReadMessage', 'onDeliveredMessage', 'onChannelMessage', 'onModifiedMessage',
  'onReactionChange', 'onMessagePinEvent',
];

/** What can leave the page: an SDK's errors carry whole connections with them. */
function plain(value) {
  const seen = new Set();
  const text = JSON.stringify(value, (_, item) => {
    if (typeof item === 'bigint') return item.toString();
    if (item && typeof item === 'object') {
      if (seen.has(item)) return undefined;
      seen.add(item);
      if (item instanceof Error) return { message: item.message, name: item.name, type: item.type, data: item.data };
    }
    return item;
  });
  return text === undefined ? undefined : JSON.parse(text);
}

let connection;

/** @param {object} options As the newer SDKs' `message.create` takes them. */
function say(options) {
  if (!isOld) return connection.send((sdk.message ?? sdk.default.message).create(options));

  const { type, ...rest } = options;
  return new Promise((resolve, reject) => {
    const message = new sdk.message(type, connection.getUniqueId());
    message.set({ ...rest, success: (localMsgId, serverMsgId) => resolve({ localMsgId, serverMsgId }), fail: reject });
    connection.send(message.body);
    if (type === 'read') resolve({}); // how a receipt ended is never said
  });
}

/** What needs things that only a page has; their names begin with a dollar. */
const EXTRAS = {
  $edit({ messageId, ...message }) {
    return connection.modifyMessage({ messageId, modifiedMessage: (sdk.message ?? sdk.default.message).create(message) });
  },
  $sendFile({ name, mime, size, ...options }) {
    const data = new File(['x'.repeat(size)], name, { type: mime });
    const file = { url: URL.createObjectURL(data), filename: name, filetype: mime.split('/')[1], data };
    return new Promise((resolve, reject) => {
      const message = (sdk.message ?? sdk.default.message).create({ chatType: 'singleChat', file, filename: name, file_length: size, onFileUploadError: reject, ...options });
      connection.send(message).then(resolve, reject);
    });
  },
  $download({ url, secret }) {
    return new Promise((resolve, reject) => {
      connection.download ??= (sdk.utils ?? sdk.default.utils).download.bind(connection);
      connection.download({
        url,
        secret,
        headers: { Accept: 'audio/mp3' },
        onFileDownloadComplete: (blob) => resolve({ size: blob.size }),
        onFileDownloadError: reject,
      });
    });
  },
};

const unreported = [];

/** What happens together is reported together: a call out of the page costs more than the event. */
function report(entry) {
  if (unreported.push(entry) === 1) queueMicrotask(() => window.reportEvents(unreported.splice(0)));
}

/** Older versions answer some calls to functions only. */
const calledBack = (method, options) =>
  new Promise((resolve, reject) => connection[method]({ ...options, success: resolve, error: reject }));

window.invokeSdk = async (method, args) => {
  try {
    if (method === 'create') {
      connection = new (sdk.connection ?? sdk.default.connection)(args[0]);
      const handlers = Object.fromEntries(
        EVENTS.map((event) => [event, (data) => report({ event, data: plain(data) ?? null, seen: Date.now() })]),
      );
      if (isOld) connection.listen(handlers);
      else connection.addEventHandler('test', handlers);
      return {};
    }
    if (method === 'uploadGroupSharedFile') args = [{ ...args[0], file: { data: new File([args[0].content], 'notes.txt') } }];
    if (method === 'say') return { data: plain(await say(args[0])) ?? null };
    if (method in EXTRAS) return { data: plain(await EXTRAS[method](...args)) ?? null };
    if (isOld && method === 'createGroupNew') return { data: plain(await calledBack(method, args[0])) ?? null };
    return { data: plain(await connection[method](...args)) ?? null };
  } catch (error) {
    return { error: plain({ type: error?.type ?? error?.code, message: error?.message ?? String(error), data: error?.data }) };
  }
};
