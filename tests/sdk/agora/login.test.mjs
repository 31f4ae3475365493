import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { passwordOf } from './driver/app.mjs';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
let app;
before(async () => {
  app = await stage.app();
});

for (const sdk of ALL_SDKS) {
  test(`${sdk.name} logs in with a token of ours`, stage.needs, async () => {
    const user = await stage.user(app);
    const client = await stage.client(sdk, app);

    await client.open({ user, accessToken: await app.userToken(user) });

    assert.deepEqual((await app.call('GET', `/users/${user}/status`)).data, { [user]: 'online' });
    await client.close();
  });

  test(`${sdk.name} logs in with a token of the vendor's generator`, stage.needs, async () => {
    const user = await stage.user(app);
    const client = await stage.client(sdk, app);
    const token = app.dynamicToken(user);

    await client.open(sdk.isOld ? { user, accessToken: token } : { user, agoraToken: token });

    await client.close();
  });

  test(`${sdk.name} logs in with a password`, stage.needs, async () => {
    const user = await stage.user(app);
    const client = await stage.client(sdk, app);

    await client.open({ user, pwd: passwordOf(user) });

    await client.close();
  });
}
