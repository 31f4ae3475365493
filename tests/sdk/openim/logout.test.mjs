import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { WEB } from './driver/client.mjs';
import { ALL_SDKS, JS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();

for (const sdk of ALL_SDKS) {
  test(`${sdk.name} logs out and in again with the same token`, stage.needs(sdk), async () => {
    const [bob] = await stage.clients(JS);
    const alice = await stage.client(sdk);
    const token = await stage.admin.userToken(alice.userId, WEB);
    await alice.login({ token });

    await alice.logout();

    await until('she counts as offline', async () => (await stage.admin.presenceOf(alice.userId)).status === 0);
    const missed = await bob.sendText({ user: alice.userId }, 'while you were out');
    assert.deepEqual(alice.received(), []);

    await alice.login({ token });

    const history = await until('she has what she missed', async () => {
      const messages = await alice.history(alice.conversationWith(bob.userId));
      return messages.length > 0 && messages;
    }, { every: 200, detail: () => alice.events.describe() });
    assert.deepEqual(history.map((message) => message.clientMsgID), [missed.clientMsgID]);
  });
}
