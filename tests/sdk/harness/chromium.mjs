import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { atExit } from './at-exit.mjs';

const CANDIDATES = process.env.CHROMIUM
  ? [process.env.CHROMIUM]
  : ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that is installed here, or null: then browser scenarios are skipped with {@link NO_CHROMIUM}. */
export const chromiumPath = CANDIDATES.find((candidate) => existsSync(candidate)) ?? null;

export const NO_CHROMIUM = 'skipped: no Chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A headless Chromium with a profile of its own that goes away with it. Pages share the profile like tabs do, so a page
 * that is opened again for the same user finds that user's database, and compiled WebAssembly is reused.
 *
 * @returns {Promise<{ context: import('playwright-core').BrowserContext, close: () => Promise<void> }>}
 */
export async function launchChromium() {
  const profile = await mkdtemp(path.join(tmpdir(), 'dragoman-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    args: FLAGS,
  });
  const forgetExit = atExit(() => rmSync(profile, { recursive: true, force: true }));
  return {
    context,
    close: async () => {
      await context.close();
      forgetExit();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
