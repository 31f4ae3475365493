import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { ServerProcess } from '../../harness/server.mjs';

const require = createRequire(import.meta.url);
const { ChatTokenBuilder } = require('agora-token');

/** One app on a server of its own, and what the app's own server does. */
export class App {
  #token;

  /**
   * @param {object} [settings] The `settings.agora` of the app.
   * @param {object} [engine] Its `settings.engine`.
   */
  static async start(settings = {}, engine = {}) {
    const credentials = {
      orgName: 'org',
      appName: 'app',
      clientId: 'YXA6client',
      clientSecret: randomBytes(16).toString('hex'),
      appId: randomBytes(16).toString('hex'),
      appCertificate: randomBytes(16).toString('hex'),
    };
    const server = await ServerProcess.start([{ name: 'demo', default: true, agora: credentials, settings: { agora: settings, engine } }]);
    return new App(server, credentials);
  }

  constructor(server, credentials) {
    this.server = server;
    this.credentials = credentials;
    this.key = `${credentials.orgName}#${credentials.appName}`;
  }

  get url() {
    return `${this.server.url}/agora`;
  }

  /** A call with the app's token, or another, or (null) none. */
  async call(method, path, body, token) {
    token = token === undefined ? await this.token() : token;
    const reply = await fetch(`${this.url}/${this.credentials.orgName}/${this.credentials.appName}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    const answer = await reply.json();
    if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  async token() {
    this.#token ??= (
      await this.call(
        'POST',
        '/token',
        { grant_type: 'client_credentials', client_id: this.credentials.clientId, client_secret: this.credentials.clientSecret },
        null,
      )
    ).access_token;
    return this.#token;
  }

  async register(...users) {
    for (const username of users) await this.call('POST', '/users', { username, password: passwordOf(username) });
  }

  /** A token that this server issues. */
  async userToken(username, ttl) {
    return (await this.call('POST', '/token', { grant_type: 'inherit', username, ...(ttl ? { ttl } : {}) })).access_token;
  }

  /** A token that the vendor's own generator signs. */
  dynamicToken(username, { seconds = 3600, certificate = this.credentials.appCertificate } = {}) {
    return ChatTokenBuilder.buildUserToken(this.credentials.appId, certificate, username, seconds);
  }

  dispose() {
    return this.server.dispose();
  }
}

export const passwordOf = (username) => `secret of ${username}`;
