import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { after, afterEach, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../../harness/chromium.mjs';
import { ServerProcess } from '../../harness/server.mjs';
import { serveStatic } from '../../harness/static-server.mjs';
import { AdminApi } from './admin-api.mjs';
import { SdkClient } from './client.mjs';
import { startNodeHost } from './node-host.mjs';
import { startPageHost } from './page-host.mjs';
import { ALL_SDKS, canRun } from './sdks.mjs';

const ADMIN_USER_ID = 'imAdmin';

/** What the devices of one user claim to be: web, Windows, Android. */
const PLATFORMS = [5, 3, 2];

/**
 * What a scenario file plays on: one server process and, for browser SDKs, one browser. The clients that a test makes are
 * closed after it, those of {@link Stage.casts} after the file.
 *
 * @param {{ casts?: number, devices?: boolean, apps?: Record<string, object> }} [options] How many casts the tests of the file
 *   share (loading a wasm SDK costs seconds), whether they share {@link Stage.devices}, and apps besides the default one:
 *   name -> its `settings.openIm`.
 * @param {Record<string, object>} [options.sections] What the apps have besides: credentials of other dialects.
 */
export function useStage({ casts = 0, devices = false, apps = {}, sections = {} } = {}) {
  const stage = new Stage(apps, sections);
  before(() => stage.raise(casts, devices));
  afterEach(() => stage.clear());
  after(() => stage.strike());
  return stage;
}

class Stage {
  /** @type {ServerProcess} */ server;
  /** Of the default app. @type {AdminApi} */ admin;
  /** Of every app, by name. @type {Record<string, AdminApi>} */ admins = {};

  /**
   * Logged-in clients for all tests of the file: in each cast one for each SDK that can run here.
   *
   * @type {Map<import('./sdks.mjs').Sdk, SdkClient>[]}
   */
  casts = [];

  /** Logged-in devices of one user, one for each SDK that can run here. @type {Map<import('./sdks.mjs').Sdk, SdkClient>} */
  devices = new Map();
  #browser = null;
  #files = null;
  #opening = null;
  #clients = [];
  #userCount = 0;
  #apps;
  #sections;

  constructor(apps, sections) {
    this.#apps = apps;
    this.#sections = sections;
  }

  /** Options of a test that needs these SDKs: skipped where they cannot run. */
  needs(...sdks) {
    return canRun(...sdks) ? {} : { skip: NO_CHROMIUM };
  }

  /**
   * Clients that are logged in, one per SDK, each with a user of its own.
   *
   * @param {import('./sdks.mjs').Sdk[]} sdks
   */
  async clients(...sdks) {
    const clients = await Promise.all(sdks.map((sdk) => this.client(sdk)));
    await Promise.all(clients.map((client) => client.login()));
    return clients;
  }

  /**
   * A client that is open but not logged in.
   *
   * @param {import('./sdks.mjs').Sdk} sdk
   * @param {{ userId?: string, platform?: number, admin?: AdminApi, apiAddr?: string }} [options] The user that is to log in,
   *   a new one when absent; what the device claims to be; whose app it is; and a way to the API other than the straight one.
   */
  async client(sdk, { userId, platform, admin = this.admin, apiAddr } = {}) {
    const client = new SdkClient({
      sdk,
      userId: userId ?? (await this.user(admin)),
      platform,
      apiAddr: apiAddr ?? admin.apiAddr,
      wsAddr: `${admin.apiAddr.replace(/^http/, 'ws')}/ws`,
      admin,
      startHost: (onEvent) => this.#startHost(sdk, onEvent),
    });
    this.#clients.push(client);
    await client.open();
    return client;
  }

  /** A registered user whom nobody else knows. @returns {Promise<string>} */
  async user(admin = this.admin) {
    const userID = `u${++this.#userCount}_${randomBytes(3).toString('hex')}`;
    await admin.register([{ userID, nickname: `Nick ${userID}` }]);
    return userID;
  }

  async raise(casts, devices) {
    const all = Object.entries({ demo: {}, ...this.#apps }).map(([name, settings]) => ({
      name,
      default: name === 'demo',
      openIm: { secret: randomBytes(24).toString('hex'), adminUserIds: [ADMIN_USER_ID] },
      settings: { openIm: settings },
      ...this.#sections,
    }));
    this.server = await ServerProcess.start(all);
    for (const { name, openIm: { secret } } of all) {
      const path = name === 'demo' ? '/openim' : `/openim/${name}`;
      this.admins[name] = new AdminApi(this.server.url + path, { secret, adminUserId: ADMIN_USER_ID });
    }
    this.admin = this.admins.demo;
    const sdks = ALL_SDKS.filter((sdk) => canRun(sdk));
    while (this.casts.length < casts) {
      const clients = await this.clients(...sdks);
      this.casts.push(new Map(sdks.map((sdk, index) => [sdk, clients[index]])));
      this.#clients = [];
    }
    if (!devices) return;
    const userId = await this.user();
    for (const [index, sdk] of sdks.entries()) this.devices.set(sdk, await this.client(sdk, { userId, platform: PLATFORMS[index] }));
    await Promise.all([...this.devices.values()].map((device) => device.login()));
    this.#clients = [];
  }

  async clear() {
    await Promise.all(this.#clients.splice(0).map((client) => client.close()));
    this.server.assertRunning();
  }

  async strike() {
    const residents = [...this.casts, this.devices].flatMap((clients) => [...clients.values()]);
    await Promise.all([...this.#clients, ...residents].map((client) => client.close()));
    await Promise.all([this.#browser?.close(), this.#files?.close(), this.server?.dispose()]);
  }

  async #startHost(sdk, onEvent) {
    if (sdk.runsIn === 'node') return startNodeHost(onEvent);
    await this.#openBrowser();
    return startPageHost(this.#browser.context, `${this.#files.url}/page/index.html?package=${sdk.name}`, onEvent);
  }

  /** Files with JS clients only do not wait for a browser. */
  #openBrowser() {
    this.#opening ??= (async () => {
      const mounts = { page: fileURLToPath(new URL('./page', import.meta.url)) };
      for (const sdk of ALL_SDKS) mounts[sdk.name] = packageDirectory(sdk.package);
      this.#files = await serveStatic(mounts);
      this.#browser = await launchChromium();
    })();
    return this.#opening;
  }
}

function packageDirectory(name) {
  return path.join(fileURLToPath(new URL('../../node_modules', import.meta.url)), name);
}
