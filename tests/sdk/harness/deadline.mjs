// Every wait in these tests has a limit. Nothing sleeps in the hope that something has happened meanwhile: a wait names
// its condition and, when the time is up, fails with what it has seen instead.

/** How long something that needs a few round trips may take on a busy two-core machine. */
export const PATIENCE_MS = 15_000;

export class DeadlineError extends Error {
  name = 'DeadlineError';
}

/**
 * Settles like `promise`, or rejects after `within` milliseconds.
 *
 * @template T
 * @param {string} what The sentence that goes into the failure, as in "alice logs in".
 * @param {Promise<T>} promise
 * @param {{ within?: number, detail?: () => string }} [options]
 * @returns {Promise<T>}
 */
export async function withDeadline(what, promise, { within = PATIENCE_MS, detail } = {}) {
  let timer;
  const expiry = new Promise((_, reject) => {
    timer = setTimeout(() => reject(overdue(what, within, detail)), within);
  });
  try {
    return await Promise.race([promise, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks again until the answer is truthy, and returns it. For conditions that nobody announces, such as a process that
 * is ready; what an SDK reports is awaited through its event log instead.
 *
 * @template T
 * @param {string} what
 * @param {() => T | Promise<T>} probe
 * @param {{ within?: number, every?: number, detail?: () => string }} [options]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, probe, { within = PATIENCE_MS, every = 50, detail } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (Date.now() >= end) throw overdue(what, within, detail);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

function overdue(what, within, detail) {
  return new DeadlineError(`not within ${within} ms: ${what}${detail ? `\n${detail()}` : ''}`);
}
