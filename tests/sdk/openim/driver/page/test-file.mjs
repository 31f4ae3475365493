// Files for tests, described by a few words so that their bytes need not travel between the test and the SDK's host.

/**
 * @typedef {object} TestFile
 * @property {string} name
 * @property {string} type
 * @property {number} size
 * @property {number} seed What is in it; the same seed is the same bytes.
 */

/** @param {TestFile} file */
export function bytesOf({ size, seed }) {
  const bytes = new Uint8Array(size);
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let index = 0; index < size; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state;
  }
  return bytes;
}

/** How a call names a file as one of its arguments, at any depth. @param {TestFile} file */
export const asArgument = (file) => ({ testFile: file });

/** Puts real files in the place of those that a call names. */
export function withFiles(value) {
  if (Array.isArray(value)) return value.map(withFiles);
  if (value === null || typeof value !== 'object') return value;
  if (value.testFile) return new File([bytesOf(value.testFile)], value.testFile.name, { type: value.testFile.type });
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withFiles(member)]));
}
