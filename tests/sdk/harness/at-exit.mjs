/**
 * Runs `cleanUp`, which must be synchronous, when this process ends early: by an exit, an interrupt, or the test runner's
 * SIGTERM for a file that takes too long. What is left over then is a process that nobody else would end.
 *
 * @param {() => void} cleanUp
 * @returns {() => void} Takes it back, for what was cleaned up in the ordinary way.
 */
export function atExit(cleanUp) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    if (!process.listeners(signal).includes(exit)) process.on(signal, exit);
  }
  process.once('exit', cleanUp);
  return () => process.removeListener('exit', cleanUp);
}

function exit() {
  process.exit(1);
}
