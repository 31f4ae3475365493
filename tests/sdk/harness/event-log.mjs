import { DeadlineError, PATIENCE_MS } from './deadline.mjs';

/**
 * What one SDK instance reported, in the order in which it did.
 *
 * @typedef {{ event: string, data: any, errCode?: number, errMsg?: string, at?: number, seen?: number }} LoggedEvent
 * `at`: milliseconds since the log began, `seen`: when the page saw it, by the clock of all.
 */
export class EventLog {
  /** @type {LoggedEvent[]} */
  entries = [];
  #started = Date.now();
  #watchers = new Set();

  /** @param {string} owner Whose events these are; appears in failures. */
  constructor(owner) {
    this.owner = owner;
  }

  /** The position after the newest event: pass it as `since` to look at later ones only. */
  get end() {
    return this.entries.length;
  }

  /** @param {LoggedEvent} entry */
  append(entry) {
    this.entries.push({ ...entry, at: Date.now() - this.#started });
    for (const watch of [...this.#watchers]) watch();
  }

  /** @param {string | string[]} names */
  named(names, since = 0) {
    const wanted = [names].flat();
    return this.entries.slice(since).filter((entry) => wanted.includes(entry.event));
  }

  /**
   * Resolves with the first truthy value of `probe`, which is asked now and after every event.
   *
   * @template T
   * @param {string} what
   * @param {(log: EventLog) => T} probe
   * @param {{ within?: number, signal?: AbortSignal }} [options]
   * @returns {Promise<NonNullable<T>>}
   */
  until(what, probe, { within = PATIENCE_MS, signal } = {}) {
    return new Promise((resolve, reject) => {
      const finish = (settle, value) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
        this.#watchers.delete(watch);
        settle(value);
      };
      const watch = () => {
        try {
          const answer = probe(this);
          if (answer) finish(resolve, answer);
        } catch (error) {
          finish(reject, error);
        }
      };
      const timer = setTimeout(
        () => finish(reject, new DeadlineError(`not within ${within} ms: ${this.owner}: ${what}\n${this.describe()}`)),
        within,
      );
      const abandon = () => finish(reject, signal.reason);
      signal?.addEventListener('abort', abandon);
      this.#watchers.add(watch);
      watch();
    });
  }

  /**
   * Resolves with the first event of that name whose data satisfies `accept`.
   *
   * @param {string} name
   * @param {(data: any, entry: LoggedEvent) => unknown} [accept]
   * @param {{ since?: number, within?: number, signal?: AbortSignal }} [options]
   */
  next(name, accept = () => true, { since = 0, ...options } = {}) {
    return this.until(
      `${name} arrives`,
      () => this.named(name, since).find((entry) => accept(entry.data, entry)),
      options,
    );
  }

  /** The newest events for a failure message; of the same event in a row, only the newest. */
  describe(limit = 40) {
    const rows = [];
    for (const entry of this.entries) {
      const last = rows.at(-1);
      if (last?.entry.event === entry.event) rows[rows.length - 1] = { entry, times: last.times + 1 };
      else rows.push({ entry, times: 1 });
    }
    const skipped = Math.max(0, rows.length - limit);
    const lines = rows.slice(skipped).map(({ entry: { at, event, data, errCode, errMsg }, times }) => {
      const repeated = times > 1 ? ` (${times} in a row)` : '';
      const failure = errCode ? ` (${errCode} ${errMsg})` : '';
      return `  +${at} ms ${event}${repeated}${failure} ${shorten(data)}`;
    });
    return [`events of ${this.owner}${skipped ? ' (older ones left out)' : ''}:`, ...lines].join('\n');
  }
}

function shorten(data) {
  const text = data === undefined ? '' : JSON.stringify(data);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
