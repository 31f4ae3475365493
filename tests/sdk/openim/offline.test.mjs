import assert from 'node:assert/strict';
import test from 'node:test';
import { assertDense, settledHistory } from './driver/expectations.mjs';
import { JS, WASM_383, WASM_385 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const IN_FLIGHT = 20;

const stage = useStage();

/** Sends `count` texts, several at a time; returns them as acknowledged. */
async function sendMany(client, to, count) {
  const sent = [];
  let next = 0;
  const worker = async () => {
    while (next < count) sent.push(await client.sendText(to, `message ${next++}`));
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return sent;
}

// The JS SDK sends for all, because a wasm SDK needs a quarter of a minute for 500.
const ABSENCES = [[JS, WASM_385, 500], [JS, WASM_383, 500], [JS, JS, 500], [WASM_385, JS, 100]];

for (const [from, to, count] of ABSENCES) {
  test(`${to.name} comes back to ${count} messages from ${from.name}`, stage.needs(from, to), async () => {
    const [alice, bob] = await stage.clients(from, to);
    const conversation = alice.conversationWith(bob.userId);
    const seen = await alice.sendText({ user: bob.userId }, 'before you go');
    await bob.nextText('before you go');
    await bob.close();

    const missed = await sendMany(alice, { user: bob.userId }, count);

    await bob.open();
    await bob.login();
    const history = await settledHistory(alice, bob, conversation);
    assert.equal(history.length, 1 + count);
    assertDense(history);
    assert.equal(history[0].clientMsgID, seen.clientMsgID);
    const ids = (messages) => messages.map((message) => message.clientMsgID).sort();
    assert.deepEqual(ids(history.slice(1)), ids(missed));
    const shown = bob.received().map((message) => message.clientMsgID);
    assert.equal(new Set(shown).size, shown.length, 'something was shown twice');
  });
}
