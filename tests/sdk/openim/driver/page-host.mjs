import { SdkError } from './sdk-error.mjs';

/** Compiling 35 MB of WebAssembly takes a while where the cores are busy. */
const LOAD_WITHIN_MS = 60_000;

/**
 * Opens a page that runs one instance of a wasm SDK.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} pageUrl The page of `page/index.html`, with its query.
 * @param {(entry: import('../../harness/event-log.mjs').LoggedEvent) => void} onEvent
 */
export async function startPageHost(context, pageUrl, onEvent) {
  const page = await context.newPage();
  page.on('pageerror', (error) => onEvent({ event: 'page error', data: String(error) }));
  page.on('crash', () => onEvent({ event: 'page crash', data: null }));
  await page.exposeFunction('reportEvents', (entries) => entries.forEach(onEvent));
  await page.goto(pageUrl, { timeout: LOAD_WITHIN_MS });
  await page.waitForFunction(() => 'invokeSdk' in window, undefined, { timeout: LOAD_WITHIN_MS, polling: 100 });
  return {
    invoke: async (method, args) => {
      const { data, error } = await page.evaluate(([name, list]) => window.invokeSdk(name, list), [method, args]);
      if (error) throw new SdkError(method, error);
      return data;
    },
    close: () => page.close(),
  };
}
