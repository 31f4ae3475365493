import assert from 'node:assert/strict';
import test from 'node:test';
import { assertDense, settledHistory } from './driver/expectations.mjs';
import { JS, WASM_383, WASM_385 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const COUNT = 500;
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

// A wasm SDK needs a quarter of a minute for so many, so that only one of them is asked to.
const PAIRS = [[WASM_385, JS], [JS, WASM_385], [JS, WASM_383], [JS, JS]];

for (const [from, to] of PAIRS) {
  test(`${to.name} comes back to ${COUNT} messages from ${from.name}`, stage.needs(from, to), async () => {
    const [alice, bob] = await stage.clients(from, to);
    const conversation = alice.conversationWith(bob.userId);
    const seen = await alice.sendText({ user: bob.userId }, 'before you go');
    await bob.nextText('before you go');
    await bob.close();

    const missed = await sendMany(alice, { user: bob.userId }, COUNT);

    await bob.open();
    await bob.login();
    const history = await settledHistory(alice, bob, conversation);
    assert.equal(history.length, 1 + COUNT);
    assertDense(history);
    assert.equal(history[0].clientMsgID, seen.clientMsgID);
    const ids = (messages) => messages.map((message) => message.clientMsgID).sort();
    assert.deepEqual(ids(history.slice(1)), ids(missed));
    const shown = bob.received().map((message) => message.clientMsgID);
    assert.equal(new Set(shown).size, shown.length, 'something was shown twice');
  });
}
