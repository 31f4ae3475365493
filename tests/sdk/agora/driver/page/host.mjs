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
  'onChatroomEvent', 'onPresence',
  'onRecallMessage', 'onReadMessage', 'onDeliveredMessage', 'onChannelMessage', 'onModifiedMessage',
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

window.invokeSdk = async (method, args) => {
  try {
    if (method === 'create') {
      connection = new (sdk.connection ?? sdk.default.connection)(args[0]);
      const handlers = Object.fromEntries(
        EVENTS.map((event) => [event, (data) => window.reportEvents([{ event, data: plain(data) ?? null }])]),
      );
      if (isOld) connection.listen(handlers);
      else connection.addEventHandler('test', handlers);
      return {};
    }
    if (method === 'say') return { data: plain(await say(args[0])) ?? null };
    return { data: plain(await connection[method](...args)) ?? null };
  } catch (error) {
    return { error: plain({ type: error?.type ?? error?.code, message: error?.message ?? String(error), data: error?.data }) };
  }
};
