/** A call that the SDK itself rejected. */
export class SdkError extends Error {
  name = 'SdkError';

  /** @param {string} method @param {{ errCode?: number, errMsg?: string }} failure */
  constructor(method, { errCode, errMsg }) {
    super(`${method}: ${errCode ?? 'no code'} ${errMsg ?? ''}`);
    this.errCode = errCode;
    this.errMsg = errMsg;
  }
}
