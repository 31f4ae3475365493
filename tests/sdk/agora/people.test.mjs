import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { ALL_SDKS, EASEMOB_4211 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
let app;
let services;
let closed;
before(async () => {
  services = await serveServices();
  app = await stage.app({ limits: { contacts: 2 }, services: services.settings });
  closed = await stage.app({ features: { presence: false } });
});
after(() => services?.close());

async function loggedIn(sdk, user, options, at = app) {
  const client = await stage.client(sdk, at, options);
  await client.open({ user, accessToken: await at.userToken(user) });
  return client;
}

/** The app's own server, which translates, transcribes and hears of reports; a text that begins with "!" is what it refuses with. */
async function serveServices() {
  const reports = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const body = request.headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : {};
    const refusal = /!(\w+)/.exec(body.text ?? body.fileId ?? '')?.[1];
    if (request.url === '/report') reports.push(body);
    response.writeHead(refusal ? 400 : 200, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify(
        refusal
          ? { error: refusal }
          : {
              '/translate': { translations: (body.to ?? []).map((to) => ({ to, text: (body.text ?? '').toUpperCase() })) },
              '/languages': { languages: [{ code: 'en', name: 'English', nativeName: 'English' }] },
              '/transcribe': { text: 'what was said' },
            }[request.url] ?? {},
      ),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  const settings = { translate: `${url}/translate`, languages: `${url}/languages`, report: `${url}/report`, transcribe: `${url}/transcribe` };
  return { settings, reports, close: () => server.close() };
}

async function refused(client, method, ...args) {
  try {
    await client.call(method, ...args);
  } catch (error) {
    return error.type;
  }
  return 'done';
}

const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld);
const OLD_SDKS = ALL_SDKS.filter((sdk) => sdk.isOld);

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} and ${other.name} become contacts and part`, stage.needs, async () => {
    const [alice, bob, carol] = [await stage.user(app), await stage.user(app, 'bob'), await stage.user(app, 'carol')];
    const one = await loggedIn(sdk, alice);
    await one.call('addContact', bob, 'hi');
    await one.call('addContact', carol, 'hi');

    const two = await loggedIn(other, bob);
    const invited = await two.hears('onContactInvited');
    assert.deepEqual([invited.from, invited.to, invited.status], [alice, bob, 'hi']);
    await two.call('acceptContactInvite', alice);
    assert.equal((await one.hears('onContactAgreed')).from, bob);
    assert.equal((await two.hears('onContactAdded')).from, alice);
    assert.deepEqual((await one.call('getContacts')).data, [bob]);

    await one.call('setContactRemark', { userId: bob, remark: 'Bobby' });
    const remarked = [{ userId: bob, remark: 'Bobby' }];
    assert.deepEqual((await one.call('getAllContacts')).data, remarked);
    assert.deepEqual((await one.call('getContactsWithCursor', { pageSize: 10, cursor: '' })).data.contacts, remarked);
    assert.equal(await refused(one, 'setContactRemark', { userId: carol, remark: 'x' }), 221);
    assert.equal(await refused(one, 'setContactRemark', { userId: bob, remark: 'x'.repeat(101) }), 50);
    assert.equal(await refused(one, 'addContact', 'nobody', 'hi'), 204);

    await one.call('deleteContact', bob);
    assert.equal((await two.hears('onContactDeleted')).from, alice);
    await one.close();
    await two.close();
  });

  test(`${sdk.name} declines, blocks and is told when lists are full`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);
    await one.call('addContact', bob, 'hi');
    await two.hears('onContactInvited');
    await two.call('declineContactInvite', alice);
    assert.equal((await one.hears('onContactRefuse')).from, bob);

    await two.call('addUsersToBlocklist', { name: [alice] });
    assert.deepEqual((await two.call('getBlocklist')).data, [alice]);
    assert.equal(await refused(one, 'addContact', bob, 'hi'), 603);
    await two.call('removeUserFromBlocklist', { name: [alice] });
    assert.deepEqual((await two.call('getBlocklist')).data, []);

    for (const stem of ['x', 'y']) await app.call('POST', `/users/${alice}/contacts/users/${await stage.user(app, stem)}`);
    assert.equal(await refused(one, 'addContact', bob, 'hi'), 50);
    await one.close();
    await two.close();
  });
});

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} keeps what a user says of himself`, stage.needs, async () => {
    const alice = await stage.user(app);
    const one = await loggedIn(sdk, alice);
    const set = await one.call('updateUserInfo', { nickname: 'Al', gender: '1', ext: 'x y&z' });
    assert.deepEqual([set.data.nickname, set.data.ext], ['Al', 'x y&z']);
    await one.call('updateUserInfo', 'sign', 'hello');
    const found = await one.call('fetchUserInfoById', [alice, 'nobody'], ['nickname', 'sign']);
    assert.deepEqual(found.data, { [alice]: { nickname: 'Al', sign: 'hello' }, nobody: {} });
    await one.call('updateCurrentUserNick', 'Alice');
    assert.equal((await one.call('fetchUserInfoById', alice, 'nickname')).data[alice].nickname, 'Alice');
    await one.call('uploadPushToken', { deviceId: 'd', deviceToken: 't', notifierName: 'n' });
    assert.equal((await app.call('GET', `/users/${alice}/push/binding`)).entities[0].device_token, 't');
    await one.close();
  });

  test(`${sdk.name} subscribes to who is online on ${other.name}`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const subscribed = await one.call('subscribePresence', { usernames: [bob], expiry: 3600 });
    assert.equal(subscribed.result[0].uid, bob);

    const two = await loggedIn(other, bob);
    const [came] = await one.hears('onPresenceStatusChange');
    assert.deepEqual([came.userId, came.statusDetails.some((device) => Number(device.status) === 1)], [bob, true]);
    const since = one.events.end;
    await two.call('publishPresence', { description: 'busy' });
    assert.equal((await one.hears('onPresenceStatusChange', since))[0].ext, 'busy');
    assert.equal((await one.call('getPresenceStatus', { usernames: [bob] })).result[0].ext, 'busy');
    assert.equal(Number((await one.call('getSubscribedPresenceList', { pageNum: 1, pageSize: 10 })).result.totalnum), 1);
    await one.call('unsubscribePresence', { usernames: [bob] });
    assert.equal(Number((await one.call('getSubscribedPresenceList', { pageNum: 1, pageSize: 10 })).result.totalnum), 0);
    assert.equal(await refused(two, 'publishPresence', { description: 'x'.repeat(1025) }), 1100);
    await one.close();
    await two.close();

    const carol = await stage.user(closed, 'carol');
    const shut = await loggedIn(sdk, carol, {}, closed);
    assert.equal(await refused(shut, 'getPresenceStatus', { usernames: [bob] }), 505);
    await shut.close();
  });

  test(`${sdk.name} wants to be left alone, and its other device hears of it`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice, { deviceId: 'one' });
    const two = await loggedIn(other, alice, { deviceId: 'two' });
    const all = await one.call('setSilentModeForAll', { options: { paramType: 0, remindType: 'AT' } });
    assert.equal(all.data.type, 'AT');
    assert.equal((await two.hears('onMultiDeviceEvent')).operation, 'setSilentModeForUser');
    const interval = { startTime: { hours: 8, minutes: 30 }, endTime: { hours: 9, minutes: 15 } };
    await one.call('setSilentModeForAll', { options: { paramType: 2, ...interval } });
    assert.equal((await one.call('getSilentModeForAll')).data.ignoreInterval, '08:30-09:15');
    const conversation = { conversationId: bob, type: 'singleChat' };
    await one.call('setSilentModeForConversation', { ...conversation, options: { paramType: 0, remindType: 'NONE' } });
    assert.equal((await one.call('getSilentModeForConversation', conversation)).data.type, 'NONE');
    const several = await one.call('getSilentModeForConversations', { conversationList: [{ id: bob, type: 'singleChat' }] });
    assert.equal(several.data.user[bob].type, 'NONE');
    await one.call('clearRemindTypeForConversation', conversation);
    assert.equal((await one.call('getSilentModeForConversation', conversation)).data.type, 'DEFAULT');
    await one.call('setPushPerformLanguage', { language: 'EU' });
    assert.equal((await one.call('getPushPerformLanguage')).data.language, 'EU');
    await one.close();
    await two.close();
  });

  test(`${sdk.name} asks the app's own services`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const translated = await one.call('translateMessage', { text: 'hello', languages: ['en'] });
    assert.equal(translated.data[0].translations[0].text, 'HELLO');
    assert.equal((await one.call('getSupportedLanguages')).data[0].code, 'en');
    for (const [text, type] of [['!language', 1200], ['!length', 1201], ['!quota', 50], ['!other', 1204]])
      assert.equal(await refused(one, 'translateMessage', { text, languages: ['en'] }), type);

    const two = await loggedIn(other, bob);
    const sent = await two.say({ to: alice, msg: 'rude' });
    const report = { reportType: 'adult', reportReason: 'why', messageId: String(sent.serverMsgId) };
    await one.call('reportMessage', report);
    assert.equal(services.reports.at(-1).messageId, String(sent.serverMsgId));
    assert.equal(await refused(one, 'reportMessage', { ...report, messageId: '4711' }), 51);

    const carol = await stage.user(closed, 'carol');
    const shut = await loggedIn(sdk, carol, {}, closed);
    assert.equal(await refused(shut, 'translateMessage', { text: 'x', languages: ['en'] }), 505);
    assert.equal(await refused(shut, 'reportMessage', report), 505);
    await shut.close();
    await one.close();
    await two.close();
  });

  test(`${sdk.name} is told that its user was deleted`, stage.needs, async () => {
    const alice = await stage.user(app);
    const one = await loggedIn(sdk, alice);
    await app.call('DELETE', `/users/${alice}`);
    assert.equal((await one.hears('onError')).type, 207);
    await one.close();
  });
});

test(`${EASEMOB_4211.name} gets tokens for calls`, stage.needs, async () => {
  const alice = await stage.user(app);
  const one = await loggedIn(EASEMOB_4211, alice);
  const token = (await one.call('getRTCToken', { channel: 'c' })).data;
  assert.deepEqual([token.appId, token.RTCToken.slice(0, 3)], [app.credentials.appId, '007']);
  assert.equal((await one.call('getUserIdByRTCUIds', [token.RTCUId])).data[token.RTCUId], alice);
  await one.close();
});

OLD_SDKS.forEach((sdk) => {
  test(`${sdk.name} manages contacts over its connection`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(NEW_SDKS[0], bob);
    await one.call('subscribe', { to: bob, message: 'hi' });
    assert.equal((await two.hears('onContactInvited')).from, alice);
    await two.call('acceptContactInvite', alice);
    assert.equal((await one.hears('onContactAgreed')).from, bob);
    await one.call('removeRoster', { to: bob });
    assert.equal((await two.hears('onContactDeleted')).from, alice);
    await app.call('DELETE', `/users/${alice}`);
    assert.equal((await one.hears('onError')).type, 207);
    await one.close();
    await two.close();
  });
});
