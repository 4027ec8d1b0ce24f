import { Client } from '#bench/client'
import { percentile, report } from '#bench/report'

const VISITS = 100

/** The first screen of an operator; of an administrator, who may do all that waits; of a leader, who may do little of it. */
export async function benchWorkPage(): Promise<void> {
  for (const [login, name] of [
    ['operator1', 'work_p95_ms'],
    ['admin', 'work_of_all_p95_ms'],
    ['leader', 'work_of_a_leader_p95_ms'],
  ]) {
    const client = await Client.login(login)
    const times: number[] = []
    for (let visit = 0; visit < VISITS; visit++) {
      const began = performance.now()
      await client.send('GET', '/work')
      times.push(performance.now() - began)
    }
    report('queue', { name, value: percentile(times, 95), unit: 'ms' })
  }
}

/** The leader's board, as it is counted anew, and as everybody else finds it for a while. */
export async function benchBoard(): Promise<void> {
  const leader = await Client.login('leader')
  const times: number[] = []
  for (let visit = 0; visit < VISITS; visit++) {
    const began = performance.now()
    await leader.send('GET', '/board')
    times.push(performance.now() - began)
  }
  report('queue', { name: 'board_first_ms', value: times[0], unit: 'ms' })
  report('queue', { name: 'board_p95_ms', value: percentile(times, 95), unit: 'ms' })
}
