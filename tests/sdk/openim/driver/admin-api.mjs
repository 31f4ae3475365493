import { randomUUID } from 'node:crypto';
import { until } from '../../harness/deadline.mjs';

/** The REST API as the app's own server uses it. */
export class AdminApi {
  #token = null;

  /**
   * @param {string} apiAddr For instance `http://127.0.0.1:5080/openim`.
   * @param {{ secret: string, adminUserId: string }} credentials
   */
  constructor(apiAddr, { secret, adminUserId }) {
    this.apiAddr = apiAddr;
    this.secret = secret;
    this.adminUserId = adminUserId;
  }

  /** @param {{ userID: string, nickname: string, faceURL?: string }[]} users */
  register(users) {
    return this.#asAdmin('/user/user_register', { users: users.map((user) => ({ faceURL: '', ...user })) });
  }

  /** A new token; by default policy it ends the older ones of this user on this platform. */
  async userToken(userID, platformID) {
    return (await this.#asAdmin('/auth/get_user_token', { userID, platformID })).token;
  }

  /** A token that is not that one: those of one second are the same, for they hold nothing finer than the time. */
  anotherUserToken(userID, platformID, older) {
    return until('the server makes another token', async () => {
      const token = await this.userToken(userID, platformID);
      return token !== older && token;
    }, { every: 200 });
  }

  /** Throws the user's sessions on that platform out. */
  forceLogout(userID, platformID) {
    return this.#asAdmin('/auth/force_logout', { userID, platformID });
  }

  /** @returns {Promise<{ userID: string, status: number, platformIDs: number[] }>} */
  async presenceOf(userID) {
    const { statusList } = await this.#asAdmin('/user/get_users_status', { userID: this.adminUserId, userIDs: [userID] });
    return statusList[0];
  }

  /** Speaks as `sendID` from the app's server. */
  sendText(sendID, recvID, content) {
    return this.#asAdmin('/msg/send_msg', {
      sendID, recvID, senderPlatformID: 1, content: { content }, contentType: 101, sessionType: 1,
    });
  }

  /** Speaks as `sendID`, who is a member, from the app's server. */
  sendTextToGroup(sendID, groupID, content) {
    return this.#asAdmin('/msg/send_msg', {
      sendID, groupID, senderPlatformID: 1, content: { content }, contentType: 101, sessionType: 3,
    });
  }

  /** @returns {Promise<{ groupID: string }>} */
  async createGroup({ owner, members }) {
    const { groupInfo } = await this.#asAdmin('/group/create_group', {
      ownerUserID: owner, memberUserIDs: members, groupInfo: { groupName: 'a group', groupType: 2 },
    });
    return groupInfo;
  }

  /** Any call as the app's server. */
  post(route, body) {
    return this.#asAdmin(route, body);
  }

  /** Makes the owner and each of the others friends. */
  importFriends(ownerUserID, friendUserIDs) {
    return this.#asAdmin('/friend/import_friend', { ownerUserID, friendUserIDs });
  }

  /** Takes the friend off the owner's list; the owner stays on his. */
  deleteFriend(ownerUserID, friendUserID) {
    return this.#asAdmin('/friend/delete_friend', { ownerUserID, friendUserID });
  }

  /** @param {{ remark?: string, isPinned?: boolean, ex?: string }} change */
  updateFriend(ownerUserID, friendUserID, change) {
    return this.#asAdmin('/friend/update_friends', { ownerUserID, friendUserIDs: [friendUserID], ...change });
  }

  rename(userID, nickname) {
    return this.#asAdmin('/user/update_user_info_ex', { userInfo: { userID, nickname } });
  }

  async #asAdmin(route, body) {
    this.#token ??= (await this.#post('/auth/get_admin_token', { secret: this.secret, userID: this.adminUserId })).token;
    return this.#post(route, body, { token: this.#token });
  }

  async #post(route, body, headers = {}) {
    const reply = await fetch(this.apiAddr + route, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', operationID: randomUUID(), ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await reply.text();
    if (reply.status !== 200) throw new Error(`POST ${route}: ${reply.status} ${text}`);
    const { errCode, errMsg, errDlt, data } = JSON.parse(text);
    if (errCode !== 0) throw new Error(`POST ${route}: ${errCode} ${errMsg} ${errDlt}`);
    return data;
  }
}
