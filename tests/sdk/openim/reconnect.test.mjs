import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { assertDense } from './driver/expectations.mjs';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

/** The JS SDK waits five seconds between its attempts, the others try at once and then ever less often. */
const RECOVERS_WITHIN_MS = 40_000;

const stage = useStage();

async function restart() {
  await stage.server.stop();
  await stage.server.start();
}

for (const sdk of ALL_SDKS) {
  test(`${sdk.name} connects again after a restart, misses nothing, and obeys what has changed`, stage.needs(sdk), async (t) => {
    const [alice] = await stage.clients(sdk);
    const friend = await stage.user();
    const conversation = alice.conversationWith(friend);
    const say = (text) => stage.admin.sendText(friend, alice.userId, text);
    await say('before');
    await alice.nextText('before');
    const token = alice.token;
    const since = alice.events.end;

    await restart();
    for (const text of ['one', 'two', 'three']) await say(text);
    await until(`${alice.events.owner} is back`, async () => (await stage.admin.presenceOf(alice.userId)).status === 1, {
      within: RECOVERS_WITHIN_MS, detail: () => alice.events.describe(),
    });
    // A wasm SDK that synchronised less than five seconds ago does not ask again: it sees the gap when something comes.
    await say('four');

    const history = await until(`${alice.events.owner} has all of it`, async () => {
      const messages = await alice.history(conversation);
      return messages.length === 5 && messages;
    }, { every: 200, within: RECOVERS_WITHIN_MS, detail: () => alice.events.describe() });
    assert.deepEqual(history.map((message) => message.textElem.content), ['before', 'one', 'two', 'three', 'four']);
    assertDense(history);
    const shown = alice.received(since).map((message) => message.clientMsgID);
    assert.equal(new Set(shown).size, shown.length, 'something was shown twice');
    await alice.sendText({ user: friend }, 'thanks');

    // Another login is under way, and this one learns of it when it comes back.
    await stage.admin.anotherUserToken(alice.userId, alice.platform, token);
    assert.deepEqual(alice.events.named('OnKickedOffline'), []);
    await restart();
    await alice.events.next('OnKickedOffline', undefined, { within: RECOVERS_WITHIN_MS });
  });
}
