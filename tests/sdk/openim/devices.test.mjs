import assert from 'node:assert/strict';
import test from 'node:test';
import { JS, WASM_383, WASM_385 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const IOS = 1, ANDROID = 2, WINDOWS = 3, WEB = 5, LINUX = 7;

/** An app for each login policy; 1 is what an app has that says nothing. */
const stage = useStage({
  apps: { everybody: { multiLogin: { policy: 0 } }, classes: { multiLogin: { policy: 4 } }, computers: { multiLogin: { policy: 5 } } },
});

const POLICIES = [
  { policy: 0, app: 'everybody', older: WEB, newer: WEB, what: 'two browsers stay', stay: true, mixed: WASM_385 },
  { policy: 1, app: 'demo', older: WEB, newer: ANDROID, what: 'a browser and a phone stay', stay: true, mixed: WASM_383 },
  { policy: 1, app: 'demo', older: ANDROID, newer: ANDROID, what: 'of two phones of one make the older goes', stay: false, mixed: WASM_385 },
  { policy: 4, app: 'classes', older: WINDOWS, newer: ANDROID, what: 'a computer and a phone stay', stay: true, mixed: WASM_385 },
  { policy: 4, app: 'classes', older: IOS, newer: ANDROID, what: 'of two phones the older goes', stay: false, mixed: WASM_383 },
  { policy: 5, app: 'computers', older: WINDOWS, newer: LINUX, what: 'two computers stay', stay: true, mixed: WASM_383 },
  { policy: 5, app: 'computers', older: WINDOWS, newer: WEB, what: 'a computer and a browser stay', stay: true, mixed: JS },
  { policy: 5, app: 'computers', older: ANDROID, newer: WEB, what: 'of a phone and a browser the older goes', stay: false, mixed: WASM_385 },
];

for (const { policy, app, older, newer, what, stay, mixed } of POLICIES) {
  for (const [first, second] of stay ? [[mixed, JS]] : [[mixed, JS], [JS, mixed]]) {
    test(`policy ${policy}: ${what} (${first.name}, then ${second.name})`, stage.needs(first, second), async () => {
      const admin = stage.admins[app];
      const userId = await stage.user(admin);
      const one = await stage.client(first, { userId, admin, platform: older });
      const other = await stage.client(second, { userId, admin, platform: newer });
      const friend = await stage.client(JS, { admin });
      await Promise.all([one.login(), friend.login()]);

      await other.login({ token: await admin.anotherUserToken(userId, newer, one.token) });

      if (!stay) {
        await one.events.next('OnKickedOffline');
        await one.loggedOut();
      }
      const sent = await friend.sendText({ user: userId }, 'which of you is there?');
      for (const client of stay ? [one, other] : [other]) {
        await client.nextMessage('it', (message) => message.clientMsgID === sent.clientMsgID);
        assert.deepEqual(client.events.named('OnKickedOffline'), []);
      }
      assert.equal(one.received().length, stay ? 1 : 0);
    });
  }
}
