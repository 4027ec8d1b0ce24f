import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port that nobody listens on, below those that a system gives out by itself: between now and its use nobody is
 * given it by chance.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const probe = createServer().listen(port, '127.0.0.1')
    try {
      await once(probe, 'listening')
    } catch {
      continue
    }
    probe.close()
    await once(probe, 'close')
    return port
  }
}
