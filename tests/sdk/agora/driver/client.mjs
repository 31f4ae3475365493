/** A refusal of an SDK: its own code is the type. */
export class SdkError extends Error {
  constructor(method, { type, message, data }) {
    super(`${method}: ${type} ${message}`);
    this.type = type;
    this.text = message;
    this.data = data;
  }
}

/** One connection of one SDK. */
export class Client {
  static async create(sdk, app, page, events, options) {
    const client = new Client(sdk, app, page, events);
    const scheme = sdk.isSockJs ? app.url : app.url.replace(/^http/, 'ws');
    await client.#invoke('create', [
      {
        appKey: app.key,
        isHttpDNS: false,
        url: `${scheme}/${sdk.isSockJs ? 'ws' : 'websocket'}`,
        apiUrl: app.url,
        autoReconnectNumMax: 1,
        ...options,
      },
    ]);
    return client;
  }

  constructor(sdk, app, page, events) {
    this.sdk = sdk;
    this.app = app;
    this.page = page;
    this.events = events;
  }

  /** @param {object} login `user` and one of `accessToken`, `agoraToken`, `pwd`. */
  async open(login) {
    const more = this.sdk.isOld ? { appKey: this.app.key, apiUrl: this.app.url } : {};
    await this.#invoke('open', [{ ...login, ...more }]);
    await this.connected();
  }

  /** Opens and expects a refusal: the error that the SDK makes of it. */
  async refused(login) {
    const since = this.events.end;
    try {
      const more = this.sdk.isOld ? { appKey: this.app.key, apiUrl: this.app.url } : {};
      await this.#invoke('open', [{ ...login, ...more }]);
    } catch (error) {
      return { type: error.type, message: error.text, data: error.data };
    }
    // Older versions only say it to their listeners.
    return (await this.events.next('onError', () => true, { since })).data;
  }

  connected() {
    return this.events.until('it is connected', (log) => log.named(['onConnected', 'onOpened']).length > 0);
  }

  call(method, ...args) {
    return this.#invoke(method, args);
  }

  close() {
    return this.page.close();
  }

  async #invoke(method, args) {
    const { data, error } = await this.page.evaluate(([name, list]) => window.invokeSdk(name, list), [method, args]);
    if (error) throw new SdkError(method, error);
    return data;
  }
}
