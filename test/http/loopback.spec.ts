import { PlatformModule } from '#libs/runtime/platform.module.js';
import { startServer } from '../../apps/server/bootstrap.js';
import { quietLog } from '../../apps/server/log.js';
import { testServer } from './test-server.js';

it('refuses to listen on anything but loopback', async () => {
  const served = await testServer();
  const start = startServer({
    platform: PlatformModule.on(served.platform),
    host: '0.0.0.0',
    port: 0,
    log: quietLog(),
  });
  await expect(start).rejects.toMatchObject({ code: 'server.notLoopback' });
  await served.close();
});
