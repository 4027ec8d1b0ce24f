import { drainFlow } from '#app/flow/sweeper'
import { compareRegister } from '#app/registry/compare_register'
import { receiveRegister } from '#app/registry/receive_register'
import { decideOnRegister } from '#app/registry/decide_on_register'
import { takeRegister } from '#app/registry/take_register'
import { person, vaccination } from '#tests/support/given'

/** Takes a file of changes into the health department's register, as its clerk does. */
export async function takeFile(text: string): Promise<void> {
  const client = await person('kenko')
  const { service } = await vaccination()
  const received = await receiveRegister(client, service, {
    name: 'register.csv',
    content: Buffer.from(text),
    mode: 'changes',
  })
  await compareRegister(received.id)
  await decideOnRegister(client, received.id, true)
  await takeRegister(received.id)
  await drainFlow()
}
