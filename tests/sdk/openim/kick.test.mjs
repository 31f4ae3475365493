import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { WEB } from './driver/client.mjs';
import { ALL_SDKS, JS, SOME_PAIRS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();

for (const sdk of ALL_SDKS) {
  test(`force_logout throws ${sdk.name} out`, stage.needs(sdk), async () => {
    const [alice] = await stage.clients(sdk);

    await stage.admin.forceLogout(alice.userId, WEB);

    await alice.events.next('OnKickedOffline');
    await alice.loggedOut();
    await until('she counts as offline', async () => (await stage.admin.presenceOf(alice.userId)).status === 0);
  });
}

for (const [first, second] of SOME_PAIRS) {
  test(`a second web login, on ${second.name}, throws ${first.name} out`, stage.needs(first, second), async () => {
    const [older] = await stage.clients(first);
    const newer = await stage.client(second, { userId: older.userId });
    const [friend] = await stage.clients(JS);

    await newer.login({ token: await stage.admin.anotherUserToken(older.userId, WEB, older.token) });

    await older.events.next('OnKickedOffline');
    await older.loggedOut();
    const sent = await friend.sendText({ user: newer.userId }, 'which of you is there?');
    await newer.nextMessage('it', (message) => message.clientMsgID === sent.clientMsgID);
    assert.equal(older.received().length, 0);
    assert.equal(newer.events.named('OnKickedOffline').length, 0);
  });
}
