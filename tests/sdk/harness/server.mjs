import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.mjs';
import { until, withDeadline } from './deadline.mjs';

/** The one place that knows how a server is started. Words are separated by blanks; ours are appended. */
const COMMAND = (
  process.env.DRAGOMAN_RUN ?? fileURLToPath(new URL('../../../run', import.meta.url))
).split(' ');

const READY_WITHIN_MS = 30_000;
const LOG_LINES_KEPT = 60;

/** A server process of its own: own port, own data directory. It can be killed and started again on the same ones. */
export class ServerProcess {
  /** @type {import('node:child_process').ChildProcess} */ #child;
  #log = [];
  #forgetExit;

  /**
   * @param {object[]} apps The `apps` of the apps file.
   * @returns {Promise<ServerProcess>} A server that answers `/healthz`.
   */
  static async start(apps) {
    const home = await mkdtemp(path.join(tmpdir(), 'dragoman-sdk-'));
    const server = new ServerProcess(home, await freePort());
    await writeFile(server.#appsFile, JSON.stringify({ apps }));
    try {
      await server.start();
    } catch (error) {
      await server.dispose();
      throw error;
    }
    return server;
  }

  /** @private Use {@link ServerProcess.start}. */
  constructor(home, port) {
    this.home = home;
    this.port = port;
    this.#forgetExit = atExit(() => {
      this.#killGroup();
      rmSync(home, { recursive: true, force: true });
    });
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A PostgreSQL schema of its own, when the environment names a database. */
  get #storage() {
    const database = process.env.DRAGOMAN_TEST_POSTGRES;
    if (process.env.DRAGOMAN_TEST_STORAGE !== 'postgres' || !database) return [];
    return ['--Storage=postgres', `--Storage:ConnectionString=${database};Search Path=sdk_${process.pid}_${this.port}`];
  }

  get #appsFile() {
    return path.join(this.home, 'apps.json');
  }

  async start() {
    const [program, ...words] = COMMAND;
    const options = ['--urls', this.url, '--data', path.join(this.home, 'data'), '--apps', this.#appsFile, ...this.#storage];
    // Its own process group, because the command may be a script that keeps the server as its child.
    const child = spawn(program, [...words, ...options], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => this.#keep(text));
    }
    const failed = new Promise((_, reject) => {
      child.once('error', (error) => reject(new Error(`${COMMAND.join(' ')}: ${error.message}`)));
      child.once('exit', (code, signal) =>
        reject(new Error(`the server ended early (${signal ?? code})\n${this.describeLog()}`)));
    });
    const ready = until('the server answers /healthz', () => this.isHealthy(), {
      within: READY_WITHIN_MS,
      detail: () => this.describeLog(),
    });
    failed.catch(() => {});
    ready.catch(() => {});
    await Promise.race([ready, failed]);
  }

  /** Ends it without a chance to write anything: what is not on disk by now is lost. */
  async kill() {
    await this.#end('SIGKILL', 5_000);
  }

  /** It says nothing more, though its connections stay, until it is killed. */
  pause() {
    signalGroup(this.#child, 'SIGSTOP');
  }

  /** Asks it to end, which it promises to do within five seconds. */
  async stop() {
    await this.#end('SIGTERM', 7_000);
  }

  /** Stops it and removes what it wrote. */
  async dispose() {
    try {
      await this.stop();
    } catch (error) {
      this.#killGroup();
      throw error;
    } finally {
      this.#forgetExit();
      await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  async isHealthy() {
    try {
      const reply = await fetch(`${this.url}/healthz`, { signal: AbortSignal.timeout(2_000) });
      await reply.arrayBuffer();
      return reply.status === 200;
    } catch {
      return false;
    }
  }

  /** Throws when it ended although nobody asked it to. */
  assertRunning() {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) {
      throw new Error(`the server ended (${signalCode ?? exitCode})\n${this.describeLog()}`);
    }
  }

  describeLog() {
    return ['the server said last:', ...this.#log.map((line) => `  ${line}`)].join('\n');
  }

  async #end(signal, within) {
    const child = this.#child;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    signalGroup(child, signal);
    await withDeadline(`the server ends after ${signal}`, closed, { within, detail: () => this.describeLog() });
  }

  #killGroup() {
    signalGroup(this.#child, 'SIGKILL');
  }

  #keep(text) {
    this.#log.push(...text.split('\n').filter((line) => line !== ''));
    this.#log.splice(0, this.#log.length - LOG_LINES_KEPT);
  }
}

function signalGroup(child, signal) {
  if (!child?.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
}
