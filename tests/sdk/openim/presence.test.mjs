import assert from 'node:assert/strict';
import test from 'node:test';
import { WEB } from './driver/client.mjs';
import { SOME_PAIRS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const ONLINE = 1;
const OFFLINE = 0;

const stage = useStage();

for (const [watcher, watched] of SOME_PAIRS) {
  test(`${watcher.name} follows the presence of ${watched.name}`, stage.needs(watcher, watched), async () => {
    const [alice] = await stage.clients(watcher);
    const bob = await stage.client(watched);
    let since = 0;
    const nextStatus = async (status) => {
      const { data } = await alice.events.next(
        'OnUserStatusChanged', (change) => change.userID === bob.userId && change.status === status, { since });
      since = alice.events.end;
      return data;
    };

    const [first] = await alice.subscribePresence([bob.userId]);
    assert.equal(first.userID, bob.userId);
    assert.deepEqual(first.platformIDs ?? [], []);

    await bob.login();
    assert.deepEqual((await nextStatus(ONLINE)).platformIDs, [WEB]);

    await bob.logout();
    await nextStatus(OFFLINE);

    // The JS SDK forgets whom it follows when they go offline, but the server does not.
    await bob.login();
    await nextStatus(ONLINE);

    // No goodbye this time: the connection just breaks.
    await bob.close();
    await nextStatus(OFFLINE);

    await alice.unsubscribePresence([bob.userId]);
    await bob.open();
    await bob.login();
    const hello = await bob.sendText({ user: alice.userId }, 'back again');
    await alice.nextMessage('it', (message) => message.clientMsgID === hello.clientMsgID);
    assert.deepEqual(alice.events.named('OnUserStatusChanged', since), []);
  });
}
