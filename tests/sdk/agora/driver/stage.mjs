import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { NO_CHROMIUM, chromiumPath, launchChromium } from '../../harness/chromium.mjs';
import { EventLog } from '../../harness/event-log.mjs';
import { serveStatic } from '../../harness/static-server.mjs';
import { App } from './app.mjs';
import { Client } from './client.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url)).replace(/\/$/, '');

/** Everything that a file of scenarios shares: a browser, the SDKs' files, servers. */
export function useStage() {
  const stage = new Stage();
  before(() => stage.open());
  after(() => stage.close());
  return stage;
}

class Stage {
  #browser;
  #files;
  #apps = [];
  #users = 0;
  #clients = 0;

  async open() {
    if (!chromiumPath) return;
    this.#files = await serveStatic({ page: here('./page'), modules: here('../../node_modules') });
    this.#browser = await launchChromium();
  }

  async close() {
    await this.#browser?.close();
    await this.#files?.close();
    for (const app of this.#apps) await app.dispose();
  }

  /** @returns {{ skip?: string }} Options of a test. */
  get needs() {
    return chromiumPath ? {} : { skip: NO_CHROMIUM };
  }

  /** A server with one app, which goes away with the stage. */
  async app(settings, engine) {
    const app = await App.start(settings, engine);
    this.#apps.push(app);
    return app;
  }

  /** A user whom no other test knows. */
  async user(app, stem = 'alice') {
    const name = `${stem}${++this.#users}`;
    await app.register(name);
    return name;
  }

  /**
   * @param {import('./sdks.mjs').Sdk} sdk
   * @param {App} app
   * @param {object} [options] Of the SDK's constructor.
   */
  async client(sdk, app, options = {}) {
    const events = new EventLog(`${sdk.name} ${options.deviceId ?? ''}`);
    const page = await this.#browser.context.newPage();
    page.on('pageerror', (error) => events.append({ event: 'page error', data: String(error) }));
    await page.exposeFunction('reportEvents', (entries) => entries.forEach((entry) => events.append(entry)));
    const query = new URLSearchParams({ script: `/modules/${sdk.package}/${sdk.file}`, variable: sdk.variable, old: String(Boolean(sdk.isOld)) });
    // A host name of its own: SDKs keep the name of their device where all pages of an origin find it.
    const origin = this.#files.url.replace('127.0.0.1', `client${++this.#clients}.localhost`);
    await page.goto(`${origin}/page/index.html?${query}`);
    await page.waitForFunction(() => 'invokeSdk' in window, undefined, { polling: 50 });
    return Client.create(sdk, app, page, events, options);
  }
}
