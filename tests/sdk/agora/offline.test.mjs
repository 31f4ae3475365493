import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const GROUPS = 50;
const MESSAGES = 1000;

const stage = useStage();
let app;
before(async () => {
  app = await stage.app();
});

async function loggedIn(sdk, user, options) {
  const client = await stage.client(sdk, app, options);
  await client.open({ user, accessToken: await app.userToken(user) });
  return client;
}

const wordsOf = (message) => message.msg ?? message.data;

ALL_SDKS.forEach((sdk) => {
  test(`${sdk.name} gets ${MESSAGES} messages of ${GROUPS} groups once and in order`, stage.needs, async (context) => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const writer = await loggedIn(ALL_SDKS[0], bob);
    await (await loggedIn(sdk, alice, { deviceId: 'desk' })).close(); // a device that was there before
    const groups = [];
    for (let number = 0; number < GROUPS; number++) {
      const { data } = await writer.call('createGroup', { data: { groupname: `${number}`, desc: '', members: [alice], public: false, approval: false, allowinvites: false, inviteNeedConfirm: false } });
      groups.push(data.groupid);
    }
    const said = new Map(groups.map((group) => [group, []]));
    for (let number = 0; number < MESSAGES; number++) {
      const group = groups[number % GROUPS];
      said.get(group).push(`word ${number}`);
      await writer.say({ to: group, msg: `word ${number}`, chatType: 'groupChat' });
    }

    const reader = await stage.client(sdk, app, { deviceId: 'desk' });
    const accessToken = await app.userToken(alice);
    const begun = Date.now();
    await reader.open({ user: alice, accessToken });
    await reader.events.until('all words', (log) => log.named('onTextMessage').length >= MESSAGES);
    context.diagnostic(`${reader.events.named('onTextMessage').at(-1).seen - begun} ms from the login to the last message`);

    const heard = new Map(groups.map((group) => [group, []]));
    for (const { data } of reader.events.named('onTextMessage')) heard.get(data.to).push(wordsOf(data));
    assert.deepEqual(heard, said);
    await reader.close();
    await writer.close();
  });
});
