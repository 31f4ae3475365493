import assert from 'node:assert/strict';
import { until } from '../../harness/deadline.mjs';
import { STATUS_SUCCEEDED } from './client.mjs';

/** What people say has smaller content types than what the server says. */
const FIRST_NOTIFICATION_TYPE = 1000;

const SDK_INTERNAL_ERROR = 10006;

export const isFromPerson = (message) => message.contentType < FIRST_NOTIFICATION_TYPE;

const ids = (messages) => messages.map((message) => message.clientMsgID);

/**
 * Among what `receiver` was shown since then, these messages are all that `sender` said, each once and in this order.
 * Wait for the last one before asking: within a conversation nothing overtakes, so that by then the others have come.
 */
export function assertShownOnce(receiver, sender, messages, since) {
  const shown = receiver.received(since).filter((message) => message.sendID === sender.userId && isFromPerson(message));
  assert.deepEqual(ids(shown), ids(messages), receiver.events.describe());
}

/** The SDK did not show its user what that user said. */
export function assertNoEcho(sender, since) {
  const echoes = sender.received(since).filter((message) => message.sendID === sender.userId && isFromPerson(message));
  assert.deepEqual(ids(echoes), [], `the sender was shown its own messages as new ones\n${sender.events.describe()}`);
}

/** The call is refused with the server's code, as far as the SDK passes it on. */
export async function assertRefused(client, call, { errCode, errMsg }) {
  const [code, text] = client.sdk.flattensCodes ? [SDK_INTERNAL_ERROR, errMsg] : [errCode, ''];
  await assert.rejects(call, (error) => {
    assert.equal(error.errCode, code, `${error.message}\n${client.events.describe()}`);
    assert.ok(error.message.includes(text), error.message);
    return true;
  });
}

/** What a send promises to the one who called it. */
export function assertAcknowledged(message) {
  const { status, serverMsgID, sendTime } = message;
  assert.equal(status, STATUS_SUCCEEDED);
  assert.match(serverMsgID, /^[0-9a-f]{32}$/);
  assert.ok(sendTime > 0, `sendTime is ${sendTime}`);
}

/** The numbers of a whole conversation are 1, 2, 3 … */
export function assertDense(messages) {
  assert.deepEqual(messages.map((message) => message.seq), messages.map((_, index) => index + 1));
}

/**
 * Waits until the history of both is the same, numbered and marked as sent. What one said itself gets its number from
 * the server a moment after the acknowledgement: until then neither may show it, and both still agree.
 *
 * @param {string[]} said ids that were acknowledged and have to be there
 * @returns {Promise<import('./client.mjs').Message[]>}
 */
export async function settledHistory(one, other, conversationId, said = []) {
  let mine, theirs;
  await until(`${one.events.owner} and ${other.events.owner} have the same history`, async () => {
    [mine, theirs] = await Promise.all([one.history(conversationId), other.history(conversationId)]);
    const shown = new Set(mine.map((message) => message.clientMsgID));
    return mine.length > 0 && firstDifference(mine, theirs) === null && said.every((id) => shown.has(id));
  }, {
    every: 200,
    detail: () => [firstDifference(mine, theirs), `missing: ${said.filter((id) => !mine.some((m) => m.clientMsgID === id))}`, one.events.describe(), other.events.describe()].join('\n'),
  });
  for (const message of mine) assert.equal(message.status, STATUS_SUCCEEDED);
  return mine;
}

function firstDifference(mine, theirs) {
  const [left, right] = [mine, theirs].map((messages) => messages.map(
    ({ clientMsgID, seq, status }) => `${clientMsgID} seq ${seq} status ${status}`));
  const index = left.findIndex((line, position) => line !== right[position]);
  if (index < 0 && left.length === right.length) return null;
  const at = index < 0 ? left.length : index;
  return `lengths ${left.length} and ${right.length}; first difference at ${at}: ${left[at]} and ${right[at]}`;
}
