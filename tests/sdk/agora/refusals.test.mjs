import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { passwordOf } from './driver/app.mjs';
import { AGORA_140, ALL_SDKS, EASEMOB_4211 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld);
let app;
before(async () => {
  app = await stage.app();
});

/** What every SDK of the 4.x line makes of it. */
async function refusal(sdk, where, login, options) {
  const client = await stage.client(sdk, where, options);
  const error = await client.refused(login);
  await client.close();
  return error;
}

for (const sdk of NEW_SDKS) {
  test(`${sdk.name}: a wrong password is 1`, stage.needs, async () => {
    const user = await stage.user(app);

    const error = await refusal(sdk, app, { user, pwd: 'wrong' });

    assert.equal(error.type, 1);
    assert.match(JSON.stringify(error), /invalid password/);
  });

  test(`${sdk.name}: somebody else's token is 28`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];

    assert.equal((await refusal(sdk, app, { user: bob, accessToken: await app.userToken(alice) })).type, 28);
    assert.equal((await refusal(sdk, app, { user: bob, accessToken: 'rubbish' })).type, 28);
  });

  test(`${sdk.name}: the token of a user who does not exist is 204`, stage.needs, async () => {
    const error = await refusal(sdk, app, { user: 'nobody', agoraToken: app.dynamicToken('nobody') });

    assert.equal(error.type, 204);
  });

  test(`${sdk.name}: an expired token is 56`, stage.needs, async () => {
    const user = await stage.user(app);
    const token = await app.userToken(user, 1);
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // its own life; the only wait that has no condition

    assert.equal((await refusal(sdk, app, { user, accessToken: token })).type, 56);
  });

  test(`${sdk.name}: a deactivated user and the token of the app are 2`, stage.needs, async () => {
    const user = await stage.user(app);
    const token = await app.userToken(user);
    await app.call('POST', `/users/${user}/deactivate`);

    assert.equal((await refusal(sdk, app, { user, accessToken: token })).type, 2);
    assert.equal((await refusal(sdk, app, { user, accessToken: await app.token() })).type, 2);
  });
}

test('an app key that nobody has is -3', stage.needs, async () => {
  const error = await refusal(AGORA_140, app, { user: 'alice', accessToken: 'x' }, { appKey: 'org#other' });

  assert.equal(error.type, -3);
});

for (const [limit, text] of [['dailyUsers', 'daily'], ['monthlyUsers', 'monthly'], ['onlineUsers', 'online']]) {
  test(`the limit ${limit} of an edition is 50`, stage.needs, async () => {
    const narrow = await stage.app({ limits: { [limit]: 1 } });
    const [alice, bob] = [await stage.user(narrow), await stage.user(narrow, 'bob')];
    const first = await stage.client(AGORA_140, narrow);
    await first.open({ user: alice, accessToken: await narrow.userToken(alice) });

    const error = await refusal(AGORA_140, narrow, { user: bob, accessToken: await narrow.userToken(bob) });

    assert.equal(error.type, 50);
    assert.match(error.message, new RegExp(text));
    await first.close();
  });
}

test('too many users, and users too fast, are 50 where a token makes its user', stage.needs, async () => {
  const full = await stage.app({ autoRegister: true, limits: { users: 1 } });
  const first = await stage.client(AGORA_140, full);
  await first.open({ user: 'alice', agoraToken: full.dynamicToken('alice') });
  const tooMany = await refusal(AGORA_140, full, { user: 'bob', agoraToken: full.dynamicToken('bob') });
  const slow = await stage.app({ autoRegister: true, rateLimit: { registrations: 1 } });
  const logins = await Promise.all(
    ['carol', 'dave', 'eve', 'frank'].map(async (user) => {
      const client = await stage.client(AGORA_140, slow);
      return client.open({ user, agoraToken: slow.dynamicToken(user) }).then(() => null, (error) => error);
    }),
  );

  assert.equal(tooMany.type, 50);
  assert.ok(logins.some((error) => error?.type === 50 && /register rate/.test(error.text)), JSON.stringify(logins));
  await first.close();
});

test('an app that is not served is 57', stage.needs, async () => {
  const closed = await stage.app({ isServing: false });

  assert.equal((await refusal(AGORA_140, closed, { user: 'alice', agoraToken: closed.dynamicToken('alice') })).type, 57);
});

test('a device too many is 214, where the app wants no device to make room', stage.needs, async () => {
  const narrow = await stage.app({ devicesPerPlatform: 1, refuseDevices: true });
  const user = await stage.user(narrow);
  const token = await narrow.userToken(user);
  const first = await stage.client(AGORA_140, narrow, { deviceId: 'one' });
  await first.open({ user, accessToken: token });

  assert.equal((await refusal(EASEMOB_4211, narrow, { user, accessToken: token }, { deviceId: 'two' })).type, 214);
  assert.equal((await refusal(AGORA_140, narrow, { user, accessToken: token }, { deviceId: 'three' })).type, 2);
  await first.close();
});

test('a password login of an account without one is 1', stage.needs, async () => {
  const open = await stage.app({ autoRegister: true, requirePassword: false });
  await open.call('POST', '/users', { username: 'alice' });

  assert.equal((await refusal(AGORA_140, open, { user: 'alice', pwd: passwordOf('alice') })).type, 1);
  assert.equal((await refusal(AGORA_140, open, { user: 'nobody', pwd: passwordOf('alice') })).type, 1);
});
