import { randomUUID } from 'node:crypto';
import { PATIENCE_MS, until, withDeadline } from '../../harness/deadline.mjs';
import { EventLog } from '../../harness/event-log.mjs';
import { asArgument } from './page/test-file.mjs';

/** What a test client claims to be, unless it says otherwise. */
export const WEB = 5;

export const STATUS_SUCCEEDED = 2;

const LOGGED_OUT = 1;

/** The vendor's sessionType of two people. */
const SINGLE = 1;

/** The events that bring messages of others; which of them an SDK uses depends on its version and on what it does. */
const MESSAGE_EVENTS = ['OnRecvNewMessage', 'OnRecvNewMessages', 'onRecvOfflineNewMessage', 'onRecvOfflineNewMessages'];

const HISTORY_PAGE = 100;

/** Hashing some megabytes in WebAssembly takes its time. */
const UPLOAD_WITHIN_MS = 60_000;

/** Includes compiling 35 MB of WebAssembly, with several pages at it on two cores. */
const LOGIN_WITHIN_MS = 60_000;

/**
 * One user on one SDK instance. The three SDKs have the same methods, so this is thin: it remembers events, puts a limit
 * on every call and spells out the few parameters that a scenario does not care about.
 *
 * @typedef {object} Message What the SDKs call MessageItem; only the members that the scenarios look at.
 * @property {string} clientMsgID
 * @property {string} serverMsgID
 * @property {string} sendID
 * @property {string} recvID
 * @property {string} groupID
 * @property {number} contentType
 * @property {number} seq
 * @property {number} status
 * @property {number} sendTime
 * @property {boolean} isRead
 * @property {{ content: string }} [textElem]
 * @property {{ sourcePicture: { url: string } }} [pictureElem]
 * @property {{ text: string, atUserList: string[], isAtSelf?: boolean }} [atTextElem]
 *
 * @typedef {object} Friend What the SDKs call FriendUserItem; only the members that the scenarios look at.
 * @property {string} userID
 * @property {string} nickname
 * @property {string} remark
 * @property {boolean} isPinned
 */
export class SdkClient {
  /** What it logged in with last. @type {string | null} */
  token = null;
  #host = null;
  #startHost;

  /**
   * @param {{
   *   sdk: import('./sdks.mjs').Sdk, userId: string, platform?: number, apiAddr: string, wsAddr: string,
   *   admin: import('./admin-api.mjs').AdminApi,
   *   startHost: (onEvent: (entry: import('../../harness/event-log.mjs').LoggedEvent) => void) => Promise<any>,
   * }} options
   */
  constructor({ sdk, userId, platform = WEB, apiAddr, wsAddr, admin, startHost }) {
    this.sdk = sdk;
    this.userId = userId;
    this.platform = platform;
    this.apiAddr = apiAddr;
    this.wsAddr = wsAddr;
    this.admin = admin;
    this.#startHost = startHost;
    this.events = new EventLog(`${userId} (${sdk.name})`);
  }

  /** Loads the SDK, as opening the app does; nobody is logged in yet. */
  async open() {
    this.#host = await this.#startHost((entry) => this.events.append(entry));
  }

  /** Ends the SDK without a word to the server, as closing a tab or losing power does. */
  async close() {
    const host = this.#host;
    this.#host = null;
    await host?.close();
  }

  /** Logs in and waits until the first synchronisation is done. */
  async login({ token } = {}) {
    const since = this.events.end;
    await this.startLogin(token ?? (await this.admin.userToken(this.userId, this.platform)));
    await this.events.until('the login is synchronised', (log) => {
      const [failure] = log.named('OnSyncServerFailed', since);
      if (failure) throw new Error(`${log.owner}: OnSyncServerFailed ${JSON.stringify(failure)}\n${log.describe()}`);
      return log.named('OnSyncServerFinish', since).length > 0;
    }, { within: LOGIN_WITHIN_MS });
  }

  /** Only starts to log in: for tokens that will not be accepted. */
  async startLogin(token) {
    this.token = token;
    const config = {
      userID: this.userId,
      token,
      platformID: this.platform,
      apiAddr: this.apiAddr,
      wsAddr: this.wsAddr,
      logLevel: 2,
      isLogStandardOutput: false,
    };
    await this.#call('login', [config], LOGIN_WITHIN_MS);
  }

  logout() {
    return this.call('logout');
  }

  /** 1 logged out, 2 logging in, 3 logged in. */
  loginStatus() {
    return this.call('getLoginStatus');
  }

  /** Waits until the SDK has put its login away, which it does some time after it has told its app why. */
  loggedOut() {
    return until(`${this.events.owner} is logged out`, async () => (await this.loginStatus()) === LOGGED_OUT, {
      detail: () => this.events.describe(),
    });
  }

  /** @param {Target} to @param {string} text @returns {Promise<Message>} */
  async sendText(to, text) {
    return this.send(to, await this.call('createTextMessage', text));
  }

  /** @param {Target} to @param {string} url @returns {Promise<Message>} */
  async sendImageByUrl(to, url) {
    const picture = { uuid: url, type: 'png', size: 68, width: 1, height: 1, url };
    const message = await this.call('createImageMessageByURL', {
      sourcePath: '', sourcePicture: picture, bigPicture: picture, snapshotPicture: picture,
    });
    // The plain sendMessage would upload the picture first.
    return this.send(to, message, { method: 'sendMessageNotOss' });
  }

  /** @param {import('./page/test-file.mjs').TestFile} file @returns {Promise<string>} Its address. */
  async uploadFile(file) {
    const { url } = await this.#call(
      'uploadFile', [{ name: file.name, contentType: file.type, uuid: randomUUID(), file: asArgument(file) }], UPLOAD_WITHIN_MS);
    return url;
  }

  /** Sends a picture that the SDK uploads first. @param {Target} to @param {import('./page/test-file.mjs').TestFile} file */
  async sendImage(to, file) {
    const picture = () => ({ uuid: randomUUID(), type: file.type, size: file.size, width: 1, height: 1, url: '' });
    const message = await this.call('createImageMessageByFile', {
      sourcePath: '', sourcePicture: picture(), bigPicture: picture(), snapshotPicture: picture(), file: asArgument(file),
    });
    return this.send(to, message, { within: UPLOAD_WITHIN_MS });
  }

  /** @param {string} groupId @param {string} text @param {string[]} userIds @returns {Promise<Message>} */
  async sendAt(groupId, text, userIds) {
    return this.send({ group: groupId }, await this.call('createTextAtMessage', {
      text,
      atUserIDList: userIds,
      atUsersInfo: userIds.map((atUserID) => ({ atUserID, groupNickname: atUserID })),
    }));
  }

  /**
   * @typedef {{ user: string } | { group: string }} Target
   * @param {Target} to
   * @param {Message} message
   * @param {{ within?: number, method?: string }} [options]
   * @returns {Promise<Message>} As the SDK reports it once the server has acknowledged it.
   */
  send(to, message, { within, method = 'sendMessage' } = {}) {
    return this.#call(method, [{ recvID: to.user ?? '', groupID: to.group ?? '', message }], within);
  }

  /** Everything that arrived as a new message, in order of arrival, once per arrival. @returns {Message[]} */
  received(since = 0) {
    return this.events.named(MESSAGE_EVENTS, since).flatMap(({ data }) => data);
  }

  /** Waits for a message that satisfies `accept`. @returns {Promise<Message>} */
  nextMessage(what, accept, { since = 0, within } = {}) {
    return this.events.until(`receives ${what}`, () => this.received(since).find(accept), { within });
  }

  /** @param {string} text @returns {Promise<Message>} */
  nextText(text, options) {
    return this.nextMessage(`"${text}"`, (message) => message.textElem?.content === text, options);
  }

  /** The whole conversation, oldest first, read page by page like a user who scrolls up. @returns {Promise<Message[]>} */
  async history(conversationID, { pageSize = HISTORY_PAGE } = {}) {
    const pages = [];
    for (let startClientMsgID = ''; ;) {
      const { messageList, isEnd } = await this.call('getAdvancedHistoryMessageList', {
        conversationID, startClientMsgID, count: pageSize, viewType: 0,
      });
      const page = messageList ?? [];
      pages.unshift(page);
      if (isEnd || page.length === 0) return pages.flat();
      startClientMsgID = page[0].clientMsgID;
    }
  }

  /** What this device shows of its conversation with that user. */
  conversation(userId) {
    return this.call('getOneConversation', { sourceID: userId, sessionType: SINGLE });
  }

  /** Waits until this device shows the conversation with that user as `accept` wants it. */
  conversationIs(userId, what, accept) {
    let shown;
    return until(`${this.events.owner} shows ${what}`, async () => accept((shown = await this.conversation(userId))) && shown, {
      every: 100, detail: () => `${JSON.stringify(shown)}\n${this.events.describe()}`,
    });
  }

  /** The conversations that this device lists, pinned ones first. */
  async conversations() {
    return (await this.call('getConversationListSplit', { offset: 0, count: 100 })) ?? [];
  }

  /** @param {{ isPinned?: boolean, recvMsgOpt?: number, isPrivateChat?: boolean, burnDuration?: number, ex?: string }} change */
  setConversation(userId, change) {
    return this.call('setConversation', { conversationID: this.conversationWith(userId), ...change });
  }

  markRead(conversationID) {
    return this.call('markConversationMessageAsRead', conversationID);
  }

  typing(conversationID, isTyping) {
    return this.call('changeInputStates', { conversationID, focus: isTyping });
  }

  recall(conversationID, clientMsgID) {
    return this.call('revokeMessage', { conversationID, clientMsgID });
  }

  /** @returns {Promise<{ groupID: string, groupName: string, ownerUserID: string }>} */
  createGroup(groupName, memberUserIDs) {
    return this.call('createGroup', { memberUserIDs, groupInfo: { groupName, groupType: 2 } });
  }

  invite(groupID, userIDList) {
    return this.call('inviteUserToGroup', { groupID, reason: 'welcome', userIDList });
  }

  kick(groupID, userIDList) {
    return this.call('kickGroupMember', { groupID, reason: 'bye', userIDList });
  }

  dismiss(groupID) {
    return this.call('dismissGroup', groupID);
  }

  async memberIds(groupID) {
    const members = await this.call('getGroupMemberList', { groupID, filter: 0, offset: 0, count: 100 });
    return members.map((member) => member.userID).sort();
  }

  /** @param {string} toUserID */
  askFriend(toUserID, reqMsg) {
    return this.call('addFriend', { toUserID, reqMsg, ex: '' });
  }

  acceptFriend(toUserID, handleMsg) {
    return this.call('acceptFriendApplication', { toUserID, handleMsg });
  }

  refuseFriend(toUserID, handleMsg) {
    return this.call('refuseFriendApplication', { toUserID, handleMsg });
  }

  deleteFriend(userId) {
    return this.call('deleteFriend', userId);
  }

  /** @param {{ remark?: string, isPinned?: boolean, ex?: string }} change */
  updateFriend(userId, change) {
    return this.call('updateFriends', { friendUserIDs: [userId], ...change });
  }

  block(toUserID) {
    return this.call('addBlack', { toUserID, ex: '' });
  }

  unblock(userId) {
    return this.call('removeBlack', userId);
  }

  /** In the order in which the SDK lists them. @returns {Promise<Friend[]>} */
  async friends() {
    return (await this.call('getFriendListPage', { offset: 0, count: 100 })) ?? [];
  }

  /** Waits until the SDK lists friends as `accept` wants them. @returns {Promise<Friend[]>} */
  friendsAre(what, accept) {
    return until(`${this.events.owner} lists ${what}`, async () => {
      const friends = await this.friends();
      return accept(friends) && friends;
    }, { every: 200, detail: () => this.events.describe() });
  }

  async blockedIds() {
    const page = this.sdk.pagesBlackList ? [{ offset: 0, count: 100 }] : [];
    return ((await this.call('getBlackList', ...page)) ?? []).map((blocked) => blocked.userID).sort();
  }

  subscribePresence(userIDs) {
    return this.call('subscribeUsersStatus', userIDs);
  }

  unsubscribePresence(userIDs) {
    return this.call('unsubscribeUsersStatus', userIDs);
  }

  conversationWith(userId) {
    return directConversationId(this.userId, userId);
  }

  /** Calls the SDK by its own method name. */
  call(method, ...args) {
    return this.#call(method, args);
  }

  #call(method, args, within = PATIENCE_MS) {
    if (!this.#host) throw new Error(`${this.events.owner} is not open`);
    return withDeadline(`${this.events.owner}: ${method} settles`, this.#host.invoke(method, args), {
      within,
      detail: () => this.events.describe(),
    });
  }
}

export const directConversationId = (one, other) => `si_${[one, other].sort().join('_')}`;

export const groupConversationId = (groupId) => `sg_${groupId}`;
