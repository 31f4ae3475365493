import assert from 'node:assert/strict';
import test from 'node:test';
import { WEB } from './driver/client.mjs';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';
import { signToken } from './driver/tokens.mjs';

const stage = useStage();

const claims = (userId, more = {}) => ({ userId, platformId: WEB, secret: stage.admin.secret, ...more });

/** What a token suffers from, and the event by which every SDK tells its app. */
const FLAWS = [
  {
    flaw: 'an expired token',
    event: 'OnUserTokenExpired',
    make: (userId) => signToken(claims(userId, { expiresInSeconds: -60 })),
  },
  {
    flaw: 'a forged token',
    event: 'OnUserTokenInvalid',
    make: (userId) => signToken(claims(userId, { secret: 'not the secret of this server' })),
  },
  {
    flaw: 'a token that is none',
    event: 'OnUserTokenInvalid',
    make: () => 'gibberish',
  },
  {
    flaw: 'a well signed token that the server never gave out',
    event: 'OnUserTokenInvalid',
    make: (userId) => signToken(claims(userId)),
  },
  {
    flaw: "somebody else's token",
    event: 'OnUserTokenInvalid',
    make: async () => stage.admin.userToken(await stage.user(), WEB),
  },
  {
    flaw: 'a superseded token',
    event: 'OnKickedOffline',
    make: async (userId) => {
      const older = await stage.admin.userToken(userId, WEB);
      await stage.admin.anotherUserToken(userId, WEB, older);
      return older;
    },
  },
];

for (const sdk of ALL_SDKS) {
  test(`${sdk.name} is told what is wrong with its token, and takes a good one`, stage.needs(sdk), async () => {
    const alice = await stage.client(sdk);

    for (const { flaw, event, make } of FLAWS) {
      const since = alice.events.end;

      await alice.startLogin(await make(alice.userId));

      await alice.events.until(`says ${event} for ${flaw}`, (log) => log.named(event, since).length > 0);
      assert.deepEqual(alice.events.named('OnConnectSuccess'), []);
      if (sdk.takesOneLogin) await reload(alice);
      else await alice.loggedOut();
    }

    await alice.login();
  });
}

async function reload(client) {
  await client.close();
  await client.open();
}
