import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
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

    const [first] = await alice.subscribePresence([bob.userId]);
    assert.equal(first.userID, bob.userId);
    assert.deepEqual(first.platformIDs ?? [], []);

    await bob.login();
    await sees(ONLINE, [WEB]);

    await bob.logout();
    await sees(OFFLINE, []);

    await bob.login();
    await sees(ONLINE, [WEB]);

    // No goodbye this time: the connection just breaks.
    await bob.close();
    await sees(OFFLINE, []);

    const unsubscribing = alice.unsubscribePresence([bob.userId]);
    await (watcher.stumblesOverUnsubscribing ? assert.rejects(unsubscribing, /subscribers/) : unsubscribing);
    await bob.open();
    await bob.login();
    const hello = await bob.sendText({ user: alice.userId }, 'back again');
    await alice.nextMessage('it', (message) => message.clientMsgID === hello.clientMsgID);
    assert.deepEqual(alice.events.named('OnUserStatusChanged', since), []);

    async function sees(status, platformIDs) {
      const change = watcher.hidesPresenceChanges ? await knownState(status) : await announcedState(status);
      assert.deepEqual(change.platformIDs, platformIDs);
      since = alice.events.end;
    }

    async function announcedState(status) {
      const { data } = await alice.events.next(
        'OnUserStatusChanged', (change) => change.userID === bob.userId && change.status === status, { since });
      return data;
    }

    /** To subscribe again asks nobody: the answer is what the server pushed before. */
    async function knownState(status) {
      return until(`${alice.events.owner} knows that the status is ${status}`, async () => {
        const [state] = await alice.subscribePresence([bob.userId]);
        return state.status === status && state;
      }, { detail: () => alice.events.describe() });
    }
  });
}
